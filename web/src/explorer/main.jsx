/** @jsxImportSource react */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { useDocExplorer, useDocExplorerActions } from "@graphiql/plugin-doc-explorer";
import { ToolbarButton, useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { completeSlugs } from "./slugs.js";

import UsainBolt from "../../../tests/readme/athlete.graphql?raw";
import AllTimeMedalTable from "../../../tests/readme/all_time_medal_table.graphql?raw";
import ParisDayByDay from "../../../tests/readme/paris_day_by_day.graphql?raw";
import MilanoCortina from "../../../tests/readme/milano_cortina.graphql?raw";
import EventHistory from "../../../tests/readme/event_history.graphql?raw";
import RecordProgression from "../../../tests/readme/record_progression.graphql?raw";
import Search from "../../../tests/readme/search.graphql?raw";

// In the README's order. GraphiQL titles a tab after its operation, so each document is given a name, and the name stands for a question.
const questions = {
  UsainBolt: ["What did Usain Bolt win?", UsainBolt],
  AllTimeMedalTable: ["Who has won the most medals?", AllTimeMedalTable],
  ParisDayByDay: ["How did Paris go, day by day?", ParisDayByDay],
  MilanoCortina: ["How did the newest Games end?", MilanoCortina],
  EventHistory: ["Who has won this event?", EventHistory],
  RecordProgression: ["How did the record fall?", RecordProgression],
  FindSomeone: ["How is someone found?", Search],
};
const tabs = Object.entries(questions).map(([name, [, text]]) => ({ query: text.replace(/^\{/m, `query ${name} {`) }));

// A link to a question, which the address may hold behind "?" or "#".
const asked = new URLSearchParams(location.search.slice(1) || location.hash.slice(1));
const linked = asked.get("query") ? { query: asked.get("query"), variables: asked.get("variables") ?? "" } : undefined;

function linkTo({ query, variables }) {
  const link = new URL(location.pathname, location.origin);
  if (query) link.searchParams.set("query", query);
  if (variables?.trim()) link.searchParams.set("variables", variables);
  return link;
}

// The address follows the tab, so that it can be copied, kept as a bookmark, or loaded again.
const follow = ({ tabs, activeTabIndex }) => history.replaceState(null, "", linkTo(tabs[activeTabIndex] ?? {}));

// Relative, so that the page also works below a prefix.
const fetcher = createGraphiQLFetcher({
  url: "../graphql",
  subscriptionUrl: new URL("../graphql/ws", location.href).href.replace(/^http/, "ws"),
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

// The tab that was open last; none on the first visit.
function lastTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem("graphiql:tabState"));
    return tabs[activeTabIndex];
  } catch {
    return undefined;
  }
}

// GraphiQL takes the editor's text from here and not from the open tab, so both must say the same.
const open = linked ?? lastTab() ?? tabs[0];

// Long comments wrap, and the dashes and scripts of our answers are not marked as suspicious.
function Readable() {
  const editors = useGraphiQL((state) => [state.queryEditor, state.responseEditor]);
  useEffect(() => {
    for (const editor of editors) editor?.updateOptions({ wordWrap: "on", unicodeHighlight: { ambiguousCharacters: false } });
  }, editors);
}

// The slugs and codes of athletes, events, Games, nations and sports are completed while they are typed.
function Slugs() {
  const [monaco, editor] = [useMonaco((state) => state.monaco), useGraphiQL((state) => state.queryEditor)];
  useEffect(() => {
    if (!monaco) return;
    const completion = completeSlugs(monaco);
    return () => completion.dispose();
  }, [monaco]);
  useEffect(() => editor?.updateOptions({ quickSuggestions: { strings: true, other: true } }), [editor]);
}

// GraphiQL titles a tab by the name of its operation. Ours read as questions, and `FastestMen` as "Fastest Men".
function Titles() {
  const tabs = useGraphiQL((state) => state.tabs);
  useEffect(() => {
    for (const tab of document.querySelectorAll(".graphiql-tab-button")) {
      const [question] = Object.hasOwn(questions, tab.title) ? questions[tab.title] : [tab.title.replace(/_/g, " ").replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")];
      if (tab.firstChild) tab.firstChild.nodeValue = question;
    }
  }, [tabs]);
}

// Answers at once: the first question is asked on arrival. The documentation begins with what can be asked.
function OnArrival() {
  const { run } = useGraphiQLActions();
  const [schema, editor, name] = useGraphiQL((state) => [state.schema, state.responseEditor && state.queryEditor, state.operationName]);
  const [opened, { push }] = [useDocExplorer(), useDocExplorerActions()];
  const isDone = useRef(false);
  useEffect(() => {
    if (!schema || !editor || isDone.current) return;
    isDone.current = true;
    if (editor.getValue().trim()) run();
  }, [schema, editor, name]);
  useEffect(() => {
    if (schema && opened.length === 1) push({ name: "Query", def: schema.getQueryType() });
  }, [schema]);
}

function CopyLink() {
  const [query, variables] = useGraphiQL((state) => [state.queryEditor, state.variableEditor]);
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(linkTo({ query: query?.getValue(), variables: variables?.getValue() }).href);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 2000);
  };
  return (
    <ToolbarButton label={isCopied ? "Copied" : "Copy a link to this question"} onClick={copy}>
      <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" className="graphiql-toolbar-icon" aria-hidden="true">
        <path d="M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1" />
      </svg>
    </ToolbarButton>
  );
}

createRoot(document.getElementById("explorer")).render(
  <GraphiQL
    fetcher={fetcher} storage={storage} defaultTabs={linked ? [linked, ...tabs] : tabs} onTabChange={follow} inputValueDeprecation
    initialQuery={open.query ?? ""} initialVariables={open.variables ?? ""}
  >
    <GraphiQL.Logo>
      <a className="name" href="../">
        <img src="../favicon.svg" alt="" width="20" /> Podium
      </a>
    </GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, copy, merge }) => <>{prettify}{merge}{copy}<CopyLink /></>}
    </GraphiQL.Toolbar>
    <GraphiQL.Footer>
      <p className="hint">
        Each tab is a question: ask it with ▶, change it, ask again. The book at the top left describes all that can be asked, as
        does <a href="../schema.graphql">schema.graphql</a>. The results as pages: <a href="../">Podium</a>.
      </p>
    </GraphiQL.Footer>
    <Readable />
    <Slugs />
    <Titles />
    <OnArrival />
  </GraphiQL>,
);
