/* The map of who would stay: what happens to each institution under a cap, and what it leaves behind. */

const LISTED = 200, NEAR = 12;
const ORDER = ["stays", "held", "goes", "first", "earlier"];
/** The legend and the choice of what happens: a close call is one of those that would go. */
const SHOWN = ["stays", "held", "goes", "close", "first", "earlier"];
const INK = { stays: "#5f7383", held: "#0b3c5d", goes: "#d2601a", close: "#d2601a", first: "#7b1e6e", earlier: "#8a6d1f" };
const RIM = "#14202b";

const institutions = { ...placed(data.institutions), code: unfront(data.institutions.code), name: data.institutions.name, district: unpack(data.institutions.district) };
const caps = data.caps.map((each) => ({ ...each, fate: unpack(each.fate), close: new Set(unpack(each.close)) }));
let cap = caps[0], selected = -1, shown = [];

/** What happens to one, a close call as such; empty where the answer does not name it. */
const fateOf = (row) => (cap?.close.has(row) ? "close" : ORDER[cap?.fate[row] - 1] ?? "");
const titleOf = (row) => institutions.name[row] || institutions.code[row];
const districtOf = (row) => districts[institutions.district[row]]?.name ?? say("outside");
const isOf = (fate, wanted) => !wanted || fate === wanted || (wanted === "goes" && fate === "close");

// -- painting -------------------------------------------------------------------------

function mark(own, x, y, fate, size) {
  own.beginPath();
  if (fate === "held" || fate === "earlier") own.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7);
  else if (fate === "first") [[0, -1.35], [1.35, 0], [0, 1.35], [-1.35, 0]].forEach(([dx, dy]) => own.lineTo(x + dx * size, y + dy * size));
  else if (fate === "goes" || fate === "close") [[-1.2, -0.9], [1.2, -0.9], [0, 1.3]].forEach(([dx, dy]) => own.lineTo(x + dx * size, y + dy * size));
  else own.arc(x, y, size * 0.8, 0, 2 * Math.PI);
  own.closePath();
  own.fillStyle = fate === "held" ? "#ffffff" : INK[fate];
  own.strokeStyle = fate === "held" ? INK.held : fate === "close" ? RIM : "#ffffff";
  own.lineWidth = fate === "close" ? Math.min(2, size * 0.45) : fate === "held" ? 1.6 : 0.8;
  own.fill();
  own.stroke();
}

function above(view) {
  const size = Math.min(6, Math.max(2, 2.2 + (map.getZoom() - 9) * 0.6));
  for (const fate of SHOWN) {
    const big = fate === "stays" ? size * 0.75 : size;
    inWindow(institutions, view, (row, x, y) => shown[row] && fateOf(row) === fate && mark(context, x, y, fate, big));
  }
  drawNames(view);
  drawSelected(view, size);
}

/** The circle of the one selected, and lines to who still serves its people. */
function drawSelected(view, size) {
  if (selected < 0 || !institutions.known[selected]) return;
  const place = { x: institutions.x[selected], y: institutions.y[selected] };
  const [x, y] = inPixels(view, place.x, place.y);
  if (cap.circle) ring(view, place, cap.circle, RIM);
  for (const [row] of cap.lost[selected]?.by ?? []) {
    if (!institutions.known[row]) continue;
    const there = inPixels(view, institutions.x[row], institutions.y[row]);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(...there);
    context.strokeStyle = "#1b7837";
    context.lineWidth = 1.6;
    context.stroke();
    mark(context, ...there, fateOf(row) || "stays", size + 1);
  }
  mark(context, x, y, fateOf(selected) || "stays", size + 3);
}

/** The row of the one drawn nearest to a pixel, within reach; -1 for none. */
function nearest(x, y, reach) {
  const view = windowOf();
  let best = -1, least = reach * reach;
  inWindow(institutions, view, (row, atX, atY) => {
    const far = (atX - x) ** 2 + (atY - y) ** 2;
    if (shown[row] && far <= least) [best, least] = [row, far];
  });
  return best;
}

function under(x, y) {
  const row = nearest(x, y, NEAR);
  return row < 0 ? "" : say("labelled", { name: titleOf(row), what: say(fateOf(row)) });
}

// -- beside the map -------------------------------------------------------------------

/** Which are chosen by district, fate and text; all that the cap names where nothing is asked. */
function choose() {
  const district = byId("district").value, fate = byId("fate").value;
  const text = byId("search").value.trim().toLowerCase();
  const inDistrict = (row) => !district || districts[institutions.district[row]]?.code === district;
  const has = (row) => !text || institutions.code[row].toLowerCase().includes(text) || institutions.name[row].toLowerCase().includes(text);
  const inside = institutions.code.map((_, row) => Boolean(fateOf(row)) && inDistrict(row));
  shown = inside.map((yes, row) => yes && isOf(fateOf(row), fate) && has(row));
  legend(inside);
  list();
  redraw();
}

function legend(inside) {
  const counts = Object.fromEntries(SHOWN.map((each) => [each, 0]));
  inside.forEach((yes, row) => yes && counts[fateOf(row)]++);
  const goes = counts.goes + counts.close;
  const rows = SHOWN.filter((each) => counts[each]).map((each) => {
    const picture = make("canvas", { width: 28, height: 16 });
    mark(picture.getContext("2d"), 14, 8, each, 5);
    const n = each === "goes" ? goes : counts[each];
    return make("li", {}, picture, make("span", {}, say("counted", { what: say(each), n: grouped(n) })));
  });
  if (cap?.tied && counts.goes) rows.push(make("li", { className: "whole" }, say("close_none", { n: grouped(cap.tied) })));
  if (counts.close) rows.push(make("li", { className: "whole" }, say("close_why")));
  byId("legend").replaceChildren(make("ul", {}, ...rows));
  byId("legend-box").hidden = !rows.length;
}

const openable = (row) => {
  const made = make("button", { type: "button", className: "link", textContent: titleOf(row) });
  made.addEventListener("click", () => go(row));
  return made;
};

function list() {
  const rank = { first: 0, earlier: 1, close: 2, goes: 3, held: 4, stays: 5 };
  const all = [...shown.keys()].filter((row) => shown[row]).sort((a, b) => rank[fateOf(a)] - rank[fateOf(b)] || a - b);
  const said = say(all.length > LISTED ? "listed_more" : "listed", { n: grouped(all.length), first: LISTED });
  const rows = all.slice(0, LISTED).map((row) => {
    const cells = [openable(row), districtOf(row), say(fateOf(row)), cap.lost[row]?.year ?? ""];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  const head = make("tr", {}, ...["name", "district", "fate", "year"].map((each) => make("th", { scope: "col" }, say(each))));
  byId("list").replaceChildren(make("table", {}, make("caption", {}, say("list"), " ", make("span", { className: "soft" }, said)), make("thead", {}, head), make("tbody", {}, ...rows)));
}

function pairs(rows) {
  const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return make("dl", {}, ...told.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, value)]));
}

function servedBy(lost) {
  if (!lost.by.length) return lost.people ? say("nobody") : null;
  return make("ul", {}, ...lost.by.map(([row, n]) => make("li", {}, openable(row), ` ${grouped(n)}`)));
}

function facts() {
  const title = make("h2", {}, selected < 0 ? say("facts") : titleOf(selected));
  if (selected < 0) {
    byId("facts").replaceChildren(title, make("p", { className: "soft" }, say("facts_none")));
    return;
  }
  const lost = cap.lost[selected], fate = fateOf(selected), goes = fate === "goes" || fate === "close";
  const what = fate ? say(fate) : "—";
  const rows = [
    ["fate", lost?.year ? say("in_year", { what, year: lost.year }) : what],
    ["why", cap.why[selected]],
    ["code", institutions.code[selected]],
    ["district", districtOf(selected)],
    ["points", lost?.points],
    ["dual", lost?.dual ? say("yes") : null],
    ["through", lost?.through],
  ];
  if (lost?.open) rows.push(["people", grouped(lost.people)], ["served_by", say("not_answered")]);
  else if (lost) {
    rows.push(["people", grouped(lost.people)], ["down_to_one", grouped(lost.one)], ["down_to_none", grouped(lost.none)], ["served_by", servedBy(lost)]);
  }
  if (goes) {
    const instead = lost.instead;
    rows.push(["exchange", instead === null || instead === undefined ? say("no_exchange") : openable(instead)], ["difference", lost.difference]);
  }
  const lines = institutions.known[selected] ? [] : [make("p", { className: "soft" }, say("no_position"))];
  byId("facts").replaceChildren(title, ...lines, pairs(rows));
}

/** Tell of one, and bring it into the middle. */
function go(row, { move = true } = {}) {
  selected = row;
  facts();
  if (row >= 0) byId("facts").scrollIntoView({ block: "nearest" });
  if (row >= 0 && move && institutions.known[row]) bring(institutions.lon[row] / data.steps, institutions.lat[row] / data.steps);
  redraw();
}

function toDistrict() {
  const own = districts.find(({ code }) => code === byId("district").value);
  const corners = own && extent(own.rings, []);
  if (corners) fit(corners);
  choose();
}

const option = (value, text) => make("option", { value, textContent: text });
byId("cap").replaceChildren(...caps.map(({ name }, at) => option(at, name)));
byId("district").replaceChildren(option("", say("any")), ...districts.map(({ code, name }) => option(code, name)));
byId("fate").replaceChildren(option("", say("any")), ...SHOWN.map((each) => option(each, say(each))));
byId("cap").addEventListener("change", (event) => {
  cap = caps[event.target.value];
  choose();
  go(-1);
});
byId("district").addEventListener("change", toDistrict);
byId("fate").addEventListener("change", choose);
byId("search").addEventListener("input", choose);
byId("controls").addEventListener("submit", (event) => event.preventDefault());
map.on("click", ({ containerPoint: { x, y } }) => go(nearest(x, y, NEAR), { move: false }));
map.getContainer().addEventListener("keydown", ({ key }) => {
  const { x, y } = map.getSize();
  if (key === "Enter") go(nearest(x / 2, y / 2, Math.hypot(x, y)), { move: false });
});
choose();
facts();
begin({ points: [institutions], below: () => {}, above, under });
