/* The reader's tools: unfolding, search, filters, order, keys; the page is whole without them. */
(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("js"); // before anything is drawn, so that nothing moves

  /* What is folded waits as text, so that a long report opens at once. */
  const unfold = (within) => {
    for (const held of within.querySelectorAll("noscript.later")) {
      const made = document.createElement("template");
      made.innerHTML = held.textContent; // our own page, escaped as the rest of it
      held.replaceWith(made.content);
    }
  };
  const opened = (part) => { unfold(part); part.open = true; };
  document.addEventListener("click", (event) => {
    const summary = event.target.closest?.("summary");
    if (summary) unfold(summary.parentElement);
    const link = event.target.closest?.("a[href^='#']");
    // Here too and not at a change of the address alone: the same link may be followed twice.
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) reveal(link.hash);
  }, true);
  document.addEventListener("toggle", (event) => { if (event.target.open) unfold(event.target); }, true);
  addEventListener("beforeprint", () => document.querySelectorAll("details.finding").forEach(unfold));

  /* A link leads to its place, also where that is folded. */
  const reveal = (hash = location.hash) => {
    const id = decodeURIComponent(hash.slice(1));
    if (!id || id.startsWith("?")) return;
    if (!document.getElementById(id)) {
      const name = `id="${CSS.escape(id)}"`;
      for (const held of document.querySelectorAll("noscript.later")) {
        if (held.textContent.includes(name)) { unfold(held.parentElement); break; }
      }
    }
    const place = document.getElementById(id);
    if (!place) return;
    for (let part = place; part; part = part.parentElement) {
      if (part.matches("details")) opened(part);
    }
    if (place.hidden) show({});
    place.scrollIntoView();
  };

  let form, rows, found, seen;
  const NAMES = ["q", "status", "act", "source", "outlet", "from", "to", "sort", "keys"];

  /* What is searched: all that a finding or an article holds, its folded parts too. */
  const words = (row) => {
    if (!seen.has(row)) {
      const copy = row.cloneNode(true);
      unfold(copy);
      seen.set(row, fold(copy.textContent));
    }
    return seen.get(row);
  };
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  const fits = (row, asked) => {
    const held = row.dataset;
    const among = (list, name) => !name || (list || "").includes(`|${name}|`);
    const finding = row.classList.contains("finding");
    if (finding && ((asked.status && held.status !== asked.status) || !among(held.acts, asked.act) ||
        !among(held.sources, asked.source))) return false;
    if (!among(held.outlets, asked.outlet)) return false;
    if (asked.from && !(held.last >= asked.from)) return false;
    if (asked.to && !(held.first && held.first <= asked.to)) return false;
    return fold(asked.q || "").split(/\s+/).every((word) => !word || words(row).includes(word));
  };

  const ORDERS = {
    "": (row) => row.number,
    newest: (row) => [row.dataset.last ? 0 : 1, -Date.parse(row.dataset.last || 0), row.number],
    oldest: (row) => [row.dataset.first ? 0 : 1, Date.parse(row.dataset.first || 0), row.number],
    weight: (row) => [-row.dataset.weight, row.number],
  };
  const compare = (key) => (one, other) => {
    const [left, right] = [[key(one)].flat(), [key(other)].flat()];
    const place = left.findIndex((value, at) => value !== right[at]);
    return place < 0 ? 0 : left[place] - right[place];
  };

  const asked = () => Object.fromEntries(NAMES.filter((name) => name !== "keys")
    .map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value));

  const apply = () => {
    const now = asked();
    const narrows = Object.keys(now).some((name) => name !== "sort");
    if (narrows || now.sort) document.querySelectorAll("#more-findings, #more-articles").forEach(opened);
    if (!rows || narrows || now.sort) collect();
    let findings = 0, articles = 0;
    for (const row of rows) {
      row.hidden = !fits(row, now);
      if (!row.hidden) row.classList.contains("finding") ? findings++ : articles++;
    }
    const order = compare(ORDERS[now.sort || ""] || ORDERS[""]);
    const sorted = rows.filter((row) => row.classList.contains("finding")).sort(order);
    const holders = new Set(sorted.map((row) => row.parentElement));
    if (holders.size === 1 && sorted.some((row, at) => at && !(sorted[at - 1].compareDocumentPosition(row) & 4))) {
      const mark = document.createComment("");
      rows.find((row) => row.classList.contains("finding")).parentElement.querySelector(".finding").before(mark);
      mark.replaceWith(...sorted);
    }
    found.textContent = narrows ? `${findings} of ${sorted.length} findings, ${articles} articles` : "";
  };

  const collect = () => {
    rows = [...document.querySelectorAll("#findings .finding, #articles .article")];
    rows.forEach((row, at) => { row.number ??= at; });
  };

  /* What was asked stands in the address, so that it can be kept and sent. */
  const remember = () => {
    const kept = new URLSearchParams(asked());
    if (!form.elements.keys.checked) kept.set("keys", "off");
    const hash = `${kept}` ? `#?${kept}` : "";
    if (hash || location.hash.startsWith("#?")) history.replaceState(null, "", hash || location.href.split("#")[0]);
  };
  const show = (values) => {
    for (const name of NAMES) {
      const field = form.elements[name];
      if (name === "keys") field.checked = values.keys !== "off";
      else field.value = values[name] || "";
    }
    document.getElementById("filters").open ||= Object.keys(values).some((name) => name !== "q");
    apply();
  };
  const recall = () => {
    if (location.hash.startsWith("#?")) show(Object.fromEntries(new URLSearchParams(location.hash.slice(2))));
    else reveal();
  };

  const step = (by) => {
    const shown = [...document.querySelectorAll("#findings .finding:not([hidden])")]
      .map((row) => row.querySelector("summary, a"));
    const at = shown.findIndex((row) => row.closest(".finding").contains(document.activeElement));
    shown[Math.min(Math.max(at + by, 0), shown.length - 1)]?.focus();
  };
  const press = (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && event.target.id === "q") { event.target.value = ""; apply(); remember(); }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !form.elements.keys.checked) return;
    if (event.key === "/") { event.preventDefault(); form.elements.q.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  };

  document.addEventListener("DOMContentLoaded", () => {
    form = document.getElementById("tools");
    found = document.getElementById("found");
    seen = new Map();
    if (form) {
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("input", () => { apply(); remember(); });
      form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
      document.addEventListener("keydown", press);
      addEventListener("hashchange", recall);
      recall();
    } else {
      addEventListener("hashchange", () => reveal());
      reveal();
    }
  });
})();
