// Thumbs up or down, why, and a bad answer made a test question.
(() => {
  const { newsroom } = window;
  const { el, t, iconButton } = newsroom;

  // `rate({good, reason})` and `save({right, evidence})` go to the server; `items` are what the reading pane walks through.
  newsroom.feedback = (turn, { rate, save }) => {
    const form = el("div.feedback");
    const up = thumb("up", true);
    const down = thumb("down", false);
    mark();
    return { buttons: [up, down], form };

    function thumb(name, good) {
      return iconButton(name, t(name), async () => {
        await keep({ good, reason: "" });
        form.replaceChildren(...(good ? [] : [questions()]));
        form.querySelector("textarea")?.focus();
      });
    }

    async function keep(rating) {
      const fault = await rate(rating).catch((lost) => lost.message);
      if (fault) return newsroom.announce(fault);
      turn.view.rating = rating;
      mark();
    }

    function mark() {
      const { rating } = turn.view;
      up.setAttribute("aria-pressed", String(rating?.good === true));
      down.setAttribute("aria-pressed", String(rating?.good === false));
    }

    function questions() {
      const why = el("textarea", { rows: 2, maxlength: 2000, placeholder: t("feedback_why"), "aria-label": t("feedback_why") });
      const right = el("textarea", { rows: 2, maxlength: 2000, placeholder: t("feedback_right"), "aria-label": t("feedback_right") });
      const nowhere = el("input", { type: "checkbox", onchange: () => (proof.hidden = nowhere.checked) });
      const boxes = turn.items.map(({ address }) => [el("input", { type: "checkbox" }), address]);
      const proof = el("div.proof", {}, right, boxes.length ? el("p.hint", {}, t("feedback_where")) : "",
        boxes.map(([box, { quote }]) => el("label", {}, box, " ", quote.length > 120 ? `${quote.slice(0, 120)}…` : quote)));
      const send = async () => {
        await keep({ good: false, reason: why.value });
        form.replaceChildren(el("p.hint", { role: "status" }, t("feedback_thanks")));
      };
      const test = async () => {
        await keep({ good: false, reason: why.value });
        const evidence = boxes.filter(([box]) => box.checked).map(([, { article, quote }]) => ({ article, quote }));
        const silent = nowhere.checked;
        if (!silent && !(right.value.trim() && evidence.length)) return newsroom.announce(t("feedback_needs"));
        const saved = await save({ right: silent ? "" : right.value, evidence: silent ? [] : evidence }).catch((lost) => ({ error: lost.message }));
        if (saved.error) return newsroom.announce(saved.error);
        form.replaceChildren(el("p.hint", { role: "status" }, t("feedback_saved", saved), " ", el("code", {}, saved.command)));
      };
      return el("div.card", {}, why, el("button.quiet", { type: "button", onclick: send }, t("feedback_send")),
        el("details", { ontoggle: ({ target }) => target.open && target.scrollIntoView({ block: "nearest" }) }, el("summary", {}, t("feedback_test")), el("label", {}, nowhere, " ", t("feedback_nowhere")), proof,
          el("button.quiet", { type: "button", onclick: test }, t("feedback_save"))));
    }
  };
})();
