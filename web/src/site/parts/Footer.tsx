export function Footer() {
  return (
    <footer>
      <p>
        Every page is one question to an open graph. <a href="explorer/">Ask your own in the explorer</a>, or read{" "}
        <a href="schema.graphql">what can be asked</a>.
      </p>
    </footer>
  );
}
