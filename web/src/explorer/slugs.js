// Completes the slugs and codes of a question while they are typed, by what `search` finds.

// The kind of thing that an argument or a field of a filter names; `slug` and `code` name what their field returns.
const kinds = {
  allGames: "GAMES",
  athlete: "ATHLETE",
  athletes: "ATHLETE",
  discipline: "DISCIPLINE",
  event: "EVENT",
  eventFamily: "EVENT_FAMILY",
  events: "EVENT",
  family: "EVENT_FAMILY",
  games: "GAMES",
  heldAt: "GAMES",
  hostNation: "NATION",
  nation: "NATION",
  nations: "NATION",
  notHeldAt: "GAMES",
  sport: "SPORT",
};

const search = `query ($text: String!, $kinds: [SearchKind!]) {
  search(text: $text, kinds: $kinds) { hits { item { ... on Named { name slug } ... on Nation { code } } } }
}`;

// What stands open at the end of a text: the kind of the thing that is named there, how it is named, and its first letters. Null outside
// such a string.
export function slugAt(text) {
  const open = text.match(/(\w+)\s*:\s*(?:\[\s*(?:"[^"\n]*"[\s,]*)*)?"([^"\n]*)$/);
  if (!open) return null;
  const [, argument, typed] = open;
  const field = text.slice(0, open.index).match(/(\w+)\s*\([^()]*$/)?.[1];
  const named = argument === "slug" || argument === "code" ? field : argument;
  if (!Object.hasOwn(kinds, named)) return null;
  return { kind: kinds[named], by: kinds[named] === "NATION" && argument !== "slug" ? "code" : "slug", typed };
}

async function find({ kind, typed }, signal) {
  if (typed.trim().length < 2) return [];
  try {
    const answer = await fetch("../graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      // A slug is found by its words too.
      body: JSON.stringify({ query: search, variables: { text: typed.replace(/[-/]/g, " "), kinds: [kind] } }),
      signal,
    });
    const { data } = await answer.json();
    return data?.search?.hits.map(({ item }) => item) ?? [];
  } catch {
    // Nobody waits for it any more, or the server is away: the question itself will say so.
    return [];
  }
}

// Registers the completion with the editor.
export function completeSlugs(monaco) {
  return monaco.languages.registerCompletionItemProvider("graphql", {
    triggerCharacters: ['"', "-", "/"],
    async provideCompletionItems(model, { lineNumber, column }, _, token) {
      const slug = slugAt(model.getValueInRange({ startLineNumber: 1, startColumn: 1, endLineNumber: lineNumber, endColumn: column }));
      if (!slug) return { suggestions: [] };
      const given = new AbortController();
      token.onCancellationRequested(() => given.abort());
      const range = { startLineNumber: lineNumber, startColumn: column - slug.typed.length, endLineNumber: lineNumber, endColumn: column };
      const suggestions = (await find(slug, given.signal)).map((item, place) => ({
        label: { label: item[slug.by], description: item.name },
        kind: monaco.languages.CompletionItemKind.Value,
        insertText: item[slug.by],
        // What is found stands in the order of the search, and stays although it is spelt otherwise than the letters typed.
        filterText: slug.typed,
        sortText: String(place).padStart(3, "0"),
        range,
      }));
      // More letters ask again.
      return { suggestions, incomplete: true };
    },
  });
}
