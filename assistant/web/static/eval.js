// The Eval tab: run the gold questions, see how far it is, and the figures.
(() => {
  const { newsroom } = window;
  const { el, t } = newsroom;

  // value: {state: "running", done, total} | {state: "failed", error} | {state: "done", questions, articles, systems, rows, faults}
  newsroom.measured = (element, trigger, props, watch) => {
    const root = element.querySelector(".measured");
    let running = false;
    const result = el("div.result", { role: "status" });
    const buttons = el("div.run");
    root.append(el("h2", {}, t("eval_title")), el("p.hint", {}, t("eval_detail")), buttons, result);
    watch("value", () => props.value && draw(props.value));
    offer();

    function offer() {
      running = false;
      const button = (key, few) => el("button.example", { type: "button", onclick: () => run(few) }, t(key));
      buttons.replaceChildren(button("eval_few", true), button("eval_all", false));
    }

    function run(few) {
      running = true;
      buttons.replaceChildren(el("button.quiet", { type: "button", onclick: halt }, newsroom.icon("stop"), t("stop")));
      draw({ state: "running", done: 0, total: 0 });
      trigger("run", { few });
    }

    function halt() {
      trigger("halt");
      offer();
      result.replaceChildren(el("p.hint", {}, t("stopped")));
    }

    function draw(step) {
      if (!running) return; // a late word from a run that was stopped
      if (step.state === "running") return progress(step);
      offer();
      if (step.state === "failed") result.replaceChildren(el("p.notice.bad", {}, step.error ?? t("unexpected")));
      else result.replaceChildren(...report(step));
    }

    function progress({ done, total }) {
      const words = total ? t("eval_progress", { n: done, total }) : t("eval_preparing");
      const bar = el("progress", { max: total || 1, "aria-label": t("progress") });
      if (total) bar.value = done;
      result.replaceChildren(el("p.waiting", {}, el("span.dots", { "aria-hidden": "true" }), words), bar);
    }

    function report({ questions, articles, systems, rows, faults, report: page }) {
      const parts = [];
      const bad = Object.entries(faults).filter(([, fault]) => fault.errors || fault.missing);
      const groups = [...new Set(rows.map((row) => row.group))];
      parts.push(el("p.hint", {}, t("eval_heading", { n: questions, articles })));
      const whole = URL.createObjectURL(new Blob([page], { type: "text/html" }));
      parts.push(el("p", {}, el("a", { href: whole, target: "_blank", rel: "noopener" }, t("eval_report"))));
      for (const [system, fault] of bad) parts.push(el("p.notice.bad", {}, t("eval_faults", { system, ...fault })));
      parts.push(el("div.wide", {}, el("table", {},
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("eval_metric")), systems.map((name) => el("th", { scope: "col" }, name)), el("th", { scope: "col" }, "n"))),
        groups.map((group) => el("tbody", {}, el("tr.group", {}, el("th", { scope: "rowgroup", colspan: systems.length + 2 }, t(`eval_${group}`))),
          rows.filter((row) => row.group === group).map(line))))));
      return parts;
    }

    function line({ name, lower, n, cells }) {
      return el("tr", {}, el("th", { scope: "row" }, name, lower && el("span.facts", {}, ` ${t("eval_lower")}`)),
        cells.map((cell) => el("td", {}, ...(cell && cell.value !== null ? [el("b", {}, number(cell.value)), el("span.facts", {}, ` ${number(cell.low)}–${number(cell.high)}`)] : ["–"]))),
        el("td.facts", {}, String(n)));
    }

    function number(value) {
      return value === null ? "–" : Math.abs(value) < 10 ? value.toFixed(3) : String(Math.round(value));
    }
  };
})();
