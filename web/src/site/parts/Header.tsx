import { to } from "../address";
import { Link } from "./Link";
import { Search } from "./Search";

export function Header() {
  const today = new Date();
  return (
    <header>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>Skip to the page</button>
      <Link to="" class="name"><img src="favicon.svg" alt="" width="22" height="22" /> Podium</Link>
      <nav aria-label="Pages">
        <Link to={to.nations}>Nations</Link>
        <Link to={to.sports}>Sports</Link>
        <Link to={to.athletes}>Athletes</Link>
        <Link to={to.records}>Records</Link>
        <Link to={to.onThisDay(today.getMonth() + 1, today.getDate())}>On this day</Link>
        <a href="explorer/">Explorer</a>
      </nav>
      <Search />
    </header>
  );
}
