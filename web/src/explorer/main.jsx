import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { useGraphiQL } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

import UsainBolt from "../tests/readme/athlete.graphql?raw";
import AllTimeMedalTable from "../tests/readme/all_time_medal_table.graphql?raw";
import ParisDayByDay from "../tests/readme/paris_day_by_day.graphql?raw";
import MilanoCortina from "../tests/readme/milano_cortina.graphql?raw";
import EventHistory from "../tests/readme/event_history.graphql?raw";
import RecordProgression from "../tests/readme/record_progression.graphql?raw";
import Search from "../tests/readme/search.graphql?raw";

// In the README's order. GraphiQL titles a tab after its operation, so each document is given a name.
const questions = { UsainBolt, AllTimeMedalTable, ParisDayByDay, MilanoCortina, EventHistory, RecordProgression, Search };
const tabs = Object.entries(questions).map(([name, text]) => ({ query: text.replace(/^\{/m, `query ${name} {`) }));

// Relative, so that the page also works below a prefix.
const fetcher = createGraphiQLFetcher({
  url: "./graphql",
  subscriptionUrl: new URL("./graphql/ws", location.href).href.replace(/^http/, "ws"),
  enableIncrementalDelivery: false,
});

// Other GraphiQLs may have lived at this address before: a prefix keeps their tabs out of ours.
const key = (name) => `podium:${name}`;
const storage = {
  getItem: (name) => localStorage.getItem(key(name)),
  setItem: (name, value) => localStorage.setItem(key(name), value),
  removeItem: (name) => localStorage.removeItem(key(name)),
  clear: () => Object.keys(localStorage).filter((name) => name.startsWith(key(""))).forEach((name) => localStorage.removeItem(name)),
  get length() {
    return localStorage.length;
  },
};

// Long comments wrap, and the dashes and scripts of our answers are not marked as suspicious.
function Readable() {
  const editors = useGraphiQL((state) => [state.queryEditor, state.responseEditor]);
  useEffect(() => {
    for (const editor of editors) editor?.updateOptions({ wordWrap: "on", unicodeHighlight: { ambiguousCharacters: false } });
  }, editors);
}

createRoot(document.getElementById("explorer")).render(
  <GraphiQL fetcher={fetcher} storage={storage} defaultTabs={tabs} inputValueDeprecation>
    <GraphiQL.Logo>
      <span className="name">
        <img src="./favicon.svg" alt="" width="20" /> Podium
      </span>
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <p className="hint">
        Each tab is a question: ask it with ▶, change it, ask again. The book at the top left describes all that can be asked, as
        does <a href="./schema.graphql">schema.graphql</a>.
      </p>
    </GraphiQL.Footer>
    <Readable />
  </GraphiQL>,
);
