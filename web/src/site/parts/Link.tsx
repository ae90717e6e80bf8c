import type { ComponentChildren } from "preact";
import { usePlace } from "../address";

/** A link to another page of the site. */
export function Link({ to, children, ...rest }: { to: string; children: ComponentChildren; class?: string; lang?: string }) {
  const { go } = usePlace();
  const follow = (event: MouseEvent) => {
    // With a key held, or another button, the browser opens it elsewhere.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a href={to || "./"} onClick={follow} {...rest}>{children}</a>;
}
