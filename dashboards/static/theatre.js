"use strict";
// Steps through one recorded game. All texts go in as text, never as HTML.
(function () {
  const games = JSON.parse(document.getElementById("games")?.textContent || "[]");
  if (!games.length) return;
  const $ = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const percent = (value) => `${Math.round(100 * value)}%`;
  let replay = null, position = 0, view = null, game = games[0];

  const kindOf = (d) => d[0], valueOf = (d) => d[1], chosenOf = (d) => d[2], optionsOf = (d) => d[3];
  const probabilitiesOf = (d) => d[4], earnedOf = (d) => d[5], seenOf = (d) => d[6];
  const word = (number) => replay.words[number];
  const list = (number) => word(number).split("\n").filter(Boolean);

  function chanceAt(decision) {
    const { fit, by_floor: byFloor } = game.chance, floor = seenOf(decision).floor;
    if (fit) return 1 / (1 + Math.exp(-(fit.bias + fit.value * valueOf(decision) + fit.floor * floor / 50)));
    return byFloor ? byFloor.shares[Math.max(0, floor - 1)] : null;
  }

  function caption() {
    const { fit, by_floor: byFloor } = game.chance;
    const value = "Blue: the reward that the policy expects from here on. ";
    if (fit) return value + `Orange: chance of winning, fitted to value and floor of ${fit.games} replayed games, ${fit.wins} of them won.`;
    if (!byFloor) return value;
    return value + `Orange: of ${byFloor.games} evaluated games, the share won among those that came this far (${byFloor.wins} won).`;
  }

  function specification() {
    const values = replay.decisions.map((decision, at) => ({ at, value: valueOf(decision), chance: chanceAt(decision), floor: seenOf(decision).floor }));
    const floors = values.filter((row, at) => at === 0 || row.floor !== values[at - 1].floor);
    const acts = floors.filter((row) => [1, 18, 35, 52].includes(row.floor) && row.at > 0);
    const x = { field: "at", type: "quantitative", title: "decision", axis: { tickCount: 8 }, scale: { domain: [0, values.length - 1], nice: false } };
    const tooltip = [{ field: "at", type: "quantitative", title: "decision" }, { field: "floor", type: "quantitative" }, { field: "value", type: "quantitative", format: ".2f" }, { field: "chance", type: "quantitative", format: ".1%", title: "chance to win" }];
    return {
      width: "container", height: 150, autosize: { type: "fit-x", contains: "padding" },
      data: { values }, params: [{ name: "now", value: position }], resolve: { scale: { y: "independent" } },
      layer: [
        { data: { values: acts }, mark: { type: "rule", color: "#7d838c", strokeDash: [3, 4] }, encoding: { x } },
        { mark: { type: "line", color: "#3b7fc4", strokeWidth: 1.8 }, encoding: { x, y: { field: "value", type: "quantitative", title: "expected reward", axis: { titleColor: "#3b7fc4", tickCount: 4 } } } },
        { mark: { type: "line", color: "#c9711c", strokeWidth: 1.8, interpolate: "step-after" }, encoding: { x, y: { field: "chance", type: "quantitative", title: "chance to win", scale: { domainMin: 0 }, axis: { titleColor: "#c9711c", format: "%", orient: "right", tickCount: 4, grid: false } }, tooltip } },
        { mark: { type: "rule", strokeWidth: 2 }, transform: [{ filter: "datum.at === now" }], encoding: { x } },
      ],
    };
  }

  async function drawLine() {
    if (view) view.finalize();
    view = (await window.drawChart($("value-line"), specification())).view;
    view.addEventListener("click", (event, item) => { if (item?.datum?.at !== undefined) go(item.datum.at); });
    $("value-caption").textContent = caption();
  }

  const stat = (name, value) => { const span = make("span", "stat"); span.append(make("b", "", value), make("span", "", name)); return span; };
  const tokens = (texts) => { const box = make("div", "tokens"); texts.forEach((text) => box.append(make("span", "token", text))); return box; };
  const small = (text) => make("p", "small", text);
  const meter = (share) => { const box = make("div", "meter"), bar = make("i"); bar.style.width = percent(Math.max(0, Math.min(1, share))); box.append(bar); return box; };
  function counted(texts) {
    const counts = new Map();
    texts.forEach((text) => counts.set(text, (counts.get(text) || 0) + 1));
    return [...counts].map(([text, count]) => (count > 1 ? `${count} × ${text}` : text));
  }

  function monsterBox(monster) {
    const box = make("div", "monster");
    box.append(make("b", "", monster.name), ` ${monster.hp}/${monster.max_hp}`);
    if (monster.block) box.append(`, ${monster.block} block`);
    if (monster.attack) box.append(" ", make("span", "intent", `attacks ${monster.attack}`));
    if (monster.powers.length) box.append(small(monster.powers.join(", ")));
    return box;
  }

  function showState(seen) {
    const parts = [stat("hp", `${seen.hp}/${seen.max_hp}`), stat("gold", seen.gold), stat(`act ${seen.act}, floor ${seen.floor}`, ""), meter(seen.hp / seen.max_hp)];
    const fight = seen.fight;
    if (fight) {
      parts.push(stat("energy", fight.energy), stat("block", fight.block), stat("turn", fight.turn));
      fight.monsters.forEach((monster) => parts.push(monsterBox(monster)));
      if (fight.powers.length) parts.push(small(`On the player: ${fight.powers.join(", ")}`));
      parts.push(small("Hand"), tokens(fight.hand), small(`Draw pile ${fight.piles[0]}, discard pile ${fight.piles[1]}, exhausted ${fight.piles[2]}`));
    } else parts.push(make("p", "", word(seen.text)));
    const potions = list(seen.potions), relics = list(seen.relics), deck = list(seen.deck);
    if (potions.length) parts.push(small("Potions"), tokens(potions));
    parts.push(small(`Relics (${relics.length})`), tokens(relics));
    const fold = make("details"); fold.append(make("summary", "", `Deck of ${deck.length} cards`), tokens(counted(deck)));
    parts.push(fold);
    $("state").replaceChildren(...parts);
  }

  function showOptions(decision) {
    const ranked = optionsOf(decision).map((option, place) => ({ text: word(option), p: probabilitiesOf(decision)[place], chosen: place === chosenOf(decision) }));
    ranked.sort((a, b) => b.p - a.p);
    const rows = ranked.map(({ text, p, chosen }) => {
      const row = make("div", chosen ? "option chosen" : "option"), bar = make("i");
      bar.style.width = percent(p);
      row.append(bar, make("span", "", chosen ? `${text}  ✓` : text), make("span", "p", p > 0 && p < 0.005 ? "<1%" : percent(p)));
      if (chosen) row.setAttribute("aria-current", "true");
      return row;
    });
    $("options").replaceChildren(small(`${replay.kinds[kindOf(decision)].replaceAll("_", " ")}, ${rows.length} options`), ...rows);
  }

  function showOutcome(decision) {
    const parts = [stat("expected reward", valueOf(decision).toFixed(2))], chance = chanceAt(decision);
    if (chance !== null && chance !== undefined) parts.push(stat("chance to win", percent(chance)));
    const table = make("table"), body = make("tbody"), head = make("thead"), top = make("tr");
    ["term", "this decision", "so far"].forEach((name) => { const cell = make("th", name === "term" ? "" : "number", name); cell.scope = "col"; top.append(cell); });
    head.append(top);
    replay.terms.forEach((term, place) => {
      const row = make("tr"), sum = replay.decisions.slice(0, position + 1).reduce((total, one) => total + earnedOf(one)[place], 0);
      row.append(make("td", "", term.replaceAll("_", " ")), make("td", "number", earnedOf(decision)[place].toFixed(2)), make("td", "number", sum.toFixed(2)));
      body.append(row);
    });
    table.append(head, body);
    parts.push(table);
    if (position === replay.decisions.length - 1) parts.push(make("p", "", replay.end.outcome === "victory" ? "The game is won." : `The game ends on floor ${replay.end.floor}.`));
    $("outcome").replaceChildren(...parts);
  }

  function go(to) {
    if (!replay) return;
    position = Math.max(0, Math.min(replay.decisions.length - 1, to));
    const decision = replay.decisions[position], seen = seenOf(decision);
    $("position").value = position;
    $("where").textContent = `decision ${position + 1} of ${replay.decisions.length}, floor ${seen.floor}, ${word(seen.room)}`;
    showState(seen); showOptions(decision); showOutcome(decision);
    if (view) view.signal("now", position).runAsync();
  }

  function floorStep(direction) {
    const floor = seenOf(replay.decisions[position]).floor;
    let at = position;
    while (at + direction >= 0 && at + direction < replay.decisions.length && seenOf(replay.decisions[at]).floor === floor) at += direction;
    if (direction < 0) { const before = seenOf(replay.decisions[at]).floor; while (at > 0 && seenOf(replay.decisions[at - 1]).floor === before) at -= 1; }
    go(at);
  }

  window.showReplay = async (content) => {
    replay = content; position = 0;
    $("position").max = replay.decisions.length - 1;
    $("verdict").textContent = `${replay.decisions.length} decisions, reward ${replay.end.reward.toFixed(2)}`;
    go(0);
    await drawLine();
    document.getElementById("theatre").dataset.ready = game.file;
  };

  function load(file) {
    game = games.find((one) => one.file === file) || games[0];
    const script = make("script");
    script.src = game.file;
    script.onerror = () => { $("where").textContent = "The file of this game is missing: run ascension report"; };
    script.onload = () => script.remove();
    document.head.append(script);
  }

  const actions = { first: () => go(0), back: () => go(position - 1), forward: () => go(position + 1), last: () => go(Infinity), "floor-back": () => floorStep(-1), "floor-forward": () => floorStep(1) };
  for (const [id, action] of Object.entries(actions)) $(id).addEventListener("click", action);
  $("position").addEventListener("input", (event) => go(Number(event.target.value)));
  $("game").addEventListener("change", (event) => load(event.target.value));
  addEventListener("keydown", (event) => {
    if (["SELECT", "INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
    const keys = { ArrowLeft: actions.back, ArrowRight: actions.forward, PageUp: actions["floor-back"], PageDown: actions["floor-forward"], Home: actions.first, End: actions.last };
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
  addEventListener("themechange", drawLine);
  load(games[0].file);
})();
