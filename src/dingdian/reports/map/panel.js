/* What stands beside the map: the legend, facts, search and tables. Names are set as text only. */

const LISTED = 200, FOUND = 30;
const byId = (id) => document.getElementById(id);

/** An element with attributes and children; texts stay texts. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((each) => each !== null && each !== undefined));
  return made;
}

/** A small picture for the legend. */
function swatch(paint) {
  const made = make("canvas", { "aria-hidden": "true" });
  made.width = 56;
  made.height = 32;
  const context = made.getContext("2d");
  context.scale(2, 2);
  paint(context);
  return made;
}

const boxed = (paint, rim = "#5c6770") => swatch((context) => {
  context.fillStyle = filled(context, paint);
  context.fillRect(0.5, 0.5, 27, 15);
  context.strokeStyle = rim;
  context.strokeRect(0.5, 0.5, 27, 15);
});
const marked = (own) => swatch((context) => mark(context, 14, 8, { size: 5, ...own }));
const circled = () => swatch((context) => {
  context.globalAlpha = 0.5;
  context.fillStyle = FILLS.circle;
  context.beginPath();
  context.arc(14, 8, 8, 0, 7);
  context.fill();
  context.fillStyle = FILLS.circleInside;
  context.beginPath();
  context.arc(14, 8, 6.6, 0, 7);
  context.fill();
});

const nameOf = {
  institution: (row) => institutions.name[row] || institutions.code[row],
  locality: (row) => localities.name[row] || localities.code[row],
  district: (row) => districts[row].name,
};
/** Whom coverage counts in this plan. */
const people = say(data.localities.insured ? "insured" : "people");
const districtName = (row) => districts[row]?.name ?? say("outside");

// -- the legend -----------------------------------------------------------------------

function legend(state) {
  const parts = [];
  const part = (title, rows) => parts.push(make("div", {}, make("h3", {}, title), make("ul", {}, ...rows)));
  const row = (picture, text) => make("li", {}, picture, make("span", {}, text));
  if (state.measure) {
    const { title, unit, classes, values, whole } = state.measure;
    const missing = values.filter((each) => !each || each.at === null).length;
    const rows = classes.map((each) => row(boxed(each), say("counted", { what: each.label, n: each.size })));
    if (missing) rows.push(row(boxed(UNKNOWN), say("counted", { what: say("unknown"), n: missing })));
    if (whole) rows.push(make("li", { class: "whole" }, make("span", {}, say("labelled", { name: data.whole, what: whole.text }))));
    part(unit ? say("counted", { what: title, n: unit }) : title, rows);
  }
  if (state.institutions) {
    const kinds = new Set(), rows = [];
    state.shown.forEach((yes, at) => yes && kinds.add(institutions.kind.at[at] === pharmacy));
    if (kinds.has(false)) rows.push(row(marked({ isPharmacy: false }), say("medical")));
    if (kinds.has(true)) rows.push(row(marked({ isPharmacy: true }), say("pharmacy")));
    if (state.anySuspended) rows.push(row(marked({ isPharmacy: !kinds.has(false), hollow: true }), say("suspended")));
    part(state.stock?.name ?? say("stock"), [...rows, make("li", { class: "whole" }, make("span", {}, countShown(state)))]);
  }
  if (state.circle) part(say("circles_drawn"), [row(circled(), say("circle_of", { name: state.stock.name, metres: grouped(state.circle) }))]);
  const paints = state.cells === "none" ? [] : paintsOf(state);
  if (paints.length) {
    const seen = [...paints].reverse().filter(({ has }) => localities.persons.some((_, at) => has(at)));
    const title = state.cells === "people" ? say("cells") : say("labelled", { name: say("cells_sized"), what: state.stock.name });
    part(title, seen.map((each) => row(boxed(each, "#8a8a8a"), each.label)));
  }
  byId("legend").replaceChildren(...parts);
  byId("legend-box").hidden = !parts.length;
}

function countShown(state) {
  let drawn = 0, unlocated = 0;
  state.chosen.forEach((yes, row) => yes && (institutions.known[row] ? drawn++ : unlocated++));
  const said = [say("count_shown", { n: grouped(drawn) })];
  if (unlocated) said.push(say("count_unlocated", { n: grouped(unlocated) }));
  return said.join(say("then"));
}

// -- facts ----------------------------------------------------------------------------

const openable = (of, row, go) => make("button", { type: "button", class: "link", onclick: () => go({ of, row }) }, nameOf[of](row) || say("nameless"));
const keyed = (figure) => figure && [`${figure.text} `, make("code", {}, figure.key)];

function pairs(rows) {
  const told = rows.filter(([, value]) => value !== null && value !== undefined);
  return make("dl", {}, ...told.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, ...[value].flat())]));
}

function position(points, row) {
  if (!points.known[row]) return say("no_position");
  return `${(points.lon[row] / data.steps).toFixed(5)}, ${(points.lat[row] / data.steps).toFixed(5)}`;
}

function ownDistrict(row, go) {
  return districts[row] ? openable("district", row, go) : say("outside");
}

const factsOf = {
  institution(row, go) {
    const open = Object.values(data.services).filter((_, bit) => (institutions.services[row] >> bit) & 1);
    const counted = data.stocks.filter((_, bit) => (institutions.stocks[row] >> bit) & 1);
    const figures = counted.map(({ name, figures: of }) => [name, of[institutions.district[row]]]).filter(([, figure]) => figure);
    return [
      pairs([
        [say("code"), institutions.code[row]],
        [say("kind"), term("kind", institutions.kind, row)],
        [say("level"), term("level", institutions.level, row)],
        [say("standing"), term("standing", institutions.standing, row)],
        [say("district"), ownDistrict(institutions.district[row], go)],
        [say("services"), open.join(say("joint")) || say("none_open")],
        [say("position"), position(institutions, row)],
      ]),
      figures.length ? make("h3", {}, say("counted_in")) : null,
      pairs(figures.map(([name, figure]) => [name, keyed(figure)])),
    ];
  },
  locality(row, go) {
    const at = localities.district[row], persons = localities.persons[row];
    const served = data.stocks.filter(({ id }) => localities.served[id]).map((stock) => [stock.name, servedFacts(stock, row, go)]);
    const figures = data.stocks.map(({ unserved }) => unserved[at]).filter(Boolean);
    return [
      pairs([
        [say("code"), localities.code[row]],
        [say("kind"), term("place", localities.kind, row)],
        [people, persons < 0 ? say("people_unknown") : grouped(persons)],
        [say("district"), ownDistrict(at, go)],
        [say("position"), position(localities, row)],
      ]),
      served.length ? make("h3", {}, say("within")) : null,
      pairs(served),
      figures.length ? make("h3", {}, say("unserved_in", { name: districtName(at) })) : null,
      pairs(data.stocks.filter(({ unserved }) => unserved[at]).map(({ name, unserved }) => [name, keyed(unserved[at])])),
    ];
  },
  district(row) {
    const told = data.measures.map(({ title, values }) => [title, values[row]]).filter(([, value]) => value);
    const value = ({ text, key, why }) => [`${text} `, make("code", {}, key), why ? make("span", { class: "why" }, why) : null];
    return [pairs([[say("code"), districts[row].code], ...told.map(([title, each]) => [title, value(each)])])];
  },
};

function servedFacts({ id }, row, go) {
  const own = localities.served[id], name = data.classes.order[own.class[row]];
  const told = data.classes.names[name];
  if (name === "undecided") return told;
  const n = Math.floor(own.atLeast[row] / 2), more = own.atLeast[row] % 2;
  if (name !== "unserved") return [told, say(more ? "at_least" : "exactly", { n })].join(say("then"));
  return [told + say("then"), ...nearest(own, row, go)];
}

function nearest(own, row, go) {
  const at = own.alone.get(row), there = own.nearest[at];
  if (there < 0) return [say("no_nearest")];
  const [before, after] = say("nearest", { name: "\n", metres: grouped(own.metres[at]) }).split("\n");
  return [before, openable("institution", there, go), after];
}

function facts(selected, go) {
  const own = selected ? factsOf[selected.of](selected.row, go) : [make("p", { class: "soft" }, say("facts_none"))];
  const title = selected ? nameOf[selected.of](selected.row) || say("nameless") : say("facts");
  byId("facts").replaceChildren(...[make("h2", {}, title), ...own].filter(Boolean));
}

// -- search ---------------------------------------------------------------------------

function search(text, go) {
  const wanted = text.trim().toLowerCase(), found = [];
  if (wanted) {
    const has = (each) => each.toLowerCase().includes(wanted);
    districts.forEach((each, row) => (has(each.name) || has(each.code)) && found.push({ of: "district", row }));
    for (const [of, points] of [["institution", institutions], ["locality", localities]]) {
      for (let row = 0; row < points.n; row++) {
        if (has(points.name[row] ?? "") || has(points.code[row])) found.push({ of, row });
      }
    }
  }
  const n = grouped(found.length), first = FOUND;
  const told = !wanted ? "" : !found.length ? say("found_none", { text: text.trim() }) : say(found.length > FOUND ? "found_more" : "found", { n, first });
  byId("found-count").textContent = told;
  byId("found").replaceChildren(...found.slice(0, FOUND).map((each) => make("li", {}, openable(each.of, each.row, go), make("span", { class: "soft" }, ` ${whereOf(each)}`))));
}

function whereOf({ of, row }) {
  if (of === "district") return districts[row].code;
  const points = of === "institution" ? institutions : localities;
  return `${districtName(points.district[row])} ${points.code[row]}`;
}

// -- tables ---------------------------------------------------------------------------

function table(title, heads, rows, total) {
  const counted = say(total > rows.length ? "rows_first" : "rows", { n: grouped(total), first: grouped(rows.length) });
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, each)));
  const body = rows.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, ...[cell].flat()))));
  return make("table", {}, make("caption", {}, title, " ", make("span", { class: "soft" }, counted)), make("thead", {}, head), make("tbody", {}, ...body));
}

function tables(state, go) {
  const made = [];
  if (state.measure) {
    const { title, values } = state.measure;
    const rows = districts.map((each) => [openable("district", each.at, go), values[each.at]?.text ?? say("not_in_plan"), make("code", {}, values[each.at]?.key ?? "—")]);
    made.push(table(say("table_districts", { title }), [say("district"), say("value"), say("key")], rows, rows.length));
  }
  if (state.institutions) {
    const all = [...state.chosen.keys()].filter((row) => state.chosen[row]);
    const rows = all.slice(0, LISTED).map((row) => [openable("institution", row, go), institutions.code[row], term("kind", institutions.kind, row), districtName(institutions.district[row])]);
    made.push(table(say("table_institutions"), [say("name"), say("code"), say("kind"), say("district")], rows, all.length));
  }
  const own = localities.served[state.stock?.id];
  if (own) {
    const all = [...own.alone.keys()].sort((a, b) => localities.persons[b] - localities.persons[a] || a - b);
    const rows = all.slice(0, LISTED).map((row) => [openable("locality", row, go), grouped(Math.max(0, localities.persons[row])), districtName(localities.district[row]), nearest(own, row, go)]);
    made.push(table(say("table_unserved", { name: state.stock.name }), [say("name"), people, say("district"), say("of_class")], rows, all.length));
  }
  byId("tables-body").replaceChildren(...made);
}
