// What all parts of the page share. Text from outside enters the DOM by `textContent` only, never as markup.
window.newsroom = window.newsroom || {};

(() => {
  const { newsroom } = window;

  newsroom.language = (navigator.language || "en").toLowerCase().startsWith("ko") ? "ko" : "en";
  document.documentElement.lang = newsroom.language;

  const t = (newsroom.t = (key, values = {}) =>
    newsroom.strings[newsroom.language][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole));

  // el("button.chip", {title: "…", onclick: f}, child, …): an element; children are nodes or text.
  newsroom.el = (what, attributes = {}, ...children) => {
    const [tag, ...classes] = what.split(".");
    const node = document.createElement(tag);
    if (classes.length) node.classList.add(...classes); // else it would have an empty class
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };

  // An icon of our own: a fixed path, drawn with the colour of the text around it.
  const PATHS = {
    send: "M12 19V5M5 12l7-7 7 7",
    stop: "M7 7h10v10H7z",
    previous: "M15 5l-7 7 7 7",
    next: "M9 5l7 7-7 7",
    close: "M6 6l12 12M18 6L6 18",
    original: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
    retry: "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7",
    edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    copy: "M9 9h10v10H9zM5 15V5h10",
    trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
    filter: "M4 6h16M7 12h10M10 18h4",
    history: "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2",
    up: "M7 11l4-7c1.5 0 2.5 1 2.2 2.6L12.6 10H19l-1.6 8.4c-.2 1-.9 1.6-1.9 1.6H7M7 11v9H4v-9z",
    down: "M17 13l-4 7c-1.5 0-2.5-1-2.2-2.6l.6-3.4H5l1.6-8.4C6.800 4.600 7.500 4 8.500 4H17M17 13V4h3v9z",
    save: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
    print: "M7 9V4h10v5M7 18H4v-8h16v8h-3M7 14h10v6H7z",
    plus: "M12 5v14M5 12h14",
    check: "M5 12.5l4.500 4.500L19 7.500",
    question: "M9 9.500a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400M12 17.500v.010",
    info: "M12 11v6M12 7.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  };
  newsroom.icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.classList.add("icon");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", PATHS[name]);
    svg.append(path);
    return svg;
  };

  newsroom.iconButton = (icon, label, onclick, extra = "") =>
    newsroom.el(`button.icon-button${extra}`, { type: "button", title: label, "aria-label": label, onclick }, newsroom.icon(icon));

  // A date as the article gives it: the day (and hour, if known) at the place of publication.
  newsroom.date = (iso, dateStyle = newsroom.language === "ko" ? "long" : "medium") => {
    const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(iso ?? "");
    if (!parts) return newsroom.t("undated");
    const day = new Date(Date.UTC(+parts[1], parts[2] - 1, +parts[3]));
    const words = day.toLocaleDateString(newsroom.language, { dateStyle, timeZone: "UTC" });
    return parts[4] && parts[4] !== "00:00" ? `${words} ${parts[4]}` : words;
  };

  // Our functions on the server. Where Gradio gives `undefined`, the server could not be reached: that is an error.
  newsroom.reach = (server, name) => async (...values) => {
    const answer = await server[name](...values);
    if (answer === undefined) throw new Error(t("lost"));
    return answer;
  };

  // Only the answer to the newest call counts: an older one may come in later. `undefined` for those, and for failures.
  newsroom.newest = (call) => {
    let latest = 0;
    return async () => {
      const mine = ++latest;
      const answer = await call().catch(() => undefined);
      return mine === latest ? answer : undefined;
    };
  };

  // Whether a key belongs to a field or to the browser, and not to the page.
  newsroom.isTyping = (event) =>
    event.target.closest?.("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey;

  newsroom.sampleBadge = (article) => article.sample && newsroom.el("span.badge", {}, newsroom.t("sample"));

  // A line that goes away by itself; with an `action` ({label, onclick}) it stays long enough to click.
  newsroom.announce = (text, action) => {
    const line = newsroom.el("div.toast", { role: "status" }, text);
    if (action) line.append(" ", newsroom.el("button", { type: "button", onclick: () => (line.remove(), action.onclick()) }, action.label));
    document.body.append(line);
    setTimeout(() => line.remove(), action ? 8000 : 2500);
  };
})();
