// Completes the slugs and codes of a question while they are typed, by what `search` finds.

// The kind of thing that an argument or a field of a filter names; `slug` names what its field returns.
const kinds = {
  athlete: "ATHLETE",
  athletes: "ATHLETE",
  discipline: "DISCIPLINE",
  event: "EVENT",
  eventFamily: "EVENT_FAMILY",
  family: "EVENT_FAMILY",
  games: "GAMES",
  heldAt: "GAMES",
  hostNation: "NATION",
  nation: "NATION",
  notHeldAt: "GAMES",
  sport: "SPORT",
};

const search = `query ($text: String!, $kinds: [SearchKind!]) {
  search(text: $text, kinds: $kinds) { hits { item { ... on Named { name slug } ... on Nation { code } } } }
}`;

// What stands open at the end of a text: the kind of the thing that is named there, and its first letters. Null outside such a string.
export function slugAt(text) {
  const open = text.match(/(\w+)\s*:\s*(?:\[\s*(?:"[^"\n]*"[\s,]*)*)?"([^"\n]*)$/);
  if (!open) return null;
  const [, argument, typed] = open;
  const field = text.slice(0, open.index).match(/(\w+)\s*\([^()]*$/)?.[1];
  const named = argument === "slug" || argument === "code" ? field : argument;
  return Object.hasOwn(kinds, named) ? { kind: kinds[named], typed } : null;
}

async function find({ kind, typed }) {
  if (typed.trim().length < 2) return [];
  const answer = await fetch("../graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    // A slug is found by its words too.
    body: JSON.stringify({ query: search, variables: { text: typed.replace(/[-/]/g, " "), kinds: [kind] } }),
  });
  const { data } = await answer.json();
  return data?.search?.hits.map(({ item }) => item) ?? [];
}

// Registers the completion with the editor.
export function completeSlugs(monaco) {
  return monaco.languages.registerCompletionItemProvider("graphql", {
    triggerCharacters: ['"', "-", "/"],
    async provideCompletionItems(model, { lineNumber, column }) {
      const slug = slugAt(model.getValueInRange({ startLineNumber: 1, startColumn: 1, endLineNumber: lineNumber, endColumn: column }));
      if (!slug) return { suggestions: [] };
      const range = { startLineNumber: lineNumber, startColumn: column - slug.typed.length, endLineNumber: lineNumber, endColumn: column };
      const suggestions = (await find(slug)).map(({ name, slug: own, code }, place) => ({
        label: { label: code ?? own, description: name },
        kind: monaco.languages.CompletionItemKind.Value,
        insertText: code ?? own,
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
