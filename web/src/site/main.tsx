import "./site.css";
import { render } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Navigation, here, root } from "./address";
import { Header } from "./parts/Header";
import { Footer } from "./parts/Footer";
import { AthletePage } from "./pages/AthletePage";
import { AthletesPage } from "./pages/AthletesPage";
import { EditionPage } from "./pages/EditionPage";
import { EventPage } from "./pages/EventPage";
import { GamesPage } from "./pages/GamesPage";
import { HomePage } from "./pages/HomePage";
import { NationPage } from "./pages/NationPage";
import { NationsPage } from "./pages/NationsPage";
import { NotFound } from "./parts/Page";
import { OnThisDayPage } from "./pages/OnThisDayPage";
import { RecordsPage } from "./pages/RecordsPage";
import { SportPage } from "./pages/SportPage";
import { SportsPage } from "./pages/SportsPage";

// By the first part of the address.
const pages: Record<string, () => preact.JSX.Element> = {
  "": HomePage,
  athletes: AthletesPage,
  nations: NationsPage,
  sports: SportsPage,
  records: RecordsPage,
  "on-this-day": OnThisDayPage,
};
const pagesAbout: Record<string, (about: { slug: string }) => preact.JSX.Element> = {
  games: GamesPage,
  events: EventPage,
  editions: EditionPage,
  athletes: AthletePage,
  nations: NationPage,
  sports: SportPage,
};

function Site() {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = () => {
      setPlace(here());
      document.getElementById("main")?.focus({ preventScroll: true });
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = useCallback((address: string, replace = false) => {
    const url = new URL(address, root);
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    setPlace(here());
    // The server wrote them for the page that was loaded.
    for (const stale of document.querySelectorAll('link[rel="canonical"], meta[property^="og:"]')) stale.remove();
    if (replace) return;
    // Another part of a list begins where the list does, another page at its top.
    const list = document.getElementById(url.hash.slice(1));
    if (list) list.scrollIntoView();
    else scrollTo(0, 0);
    (list ?? document.getElementById("main"))?.focus({ preventScroll: true });
  }, []);
  const known = place.slug ? pagesAbout : pages;
  const Shown = (Object.hasOwn(known, place.page) && known[place.page]) || NotFound;
  return (
    <Navigation.Provider value={{ place, go }}>
      <Header />
      <main id="main" tabIndex={-1}>
        <Shown key={`${place.page}/${place.slug}`} slug={place.slug || place.page} />
      </main>
      <Footer />
    </Navigation.Provider>
  );
}

const site = document.getElementById("site");
if (site) {
  site.replaceChildren();
  render(<Site />, site);
}
