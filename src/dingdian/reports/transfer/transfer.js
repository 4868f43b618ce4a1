/* The map of a transfer of beds: districts short of their target or above it, and the beds that
   go from one to another. */

const FLOW = "#14202b", FAINT = "rgba(20,32,43,.22)", UNKNOWN = "#d9d9d6";
const flows = data.flows;
let view = data.views[0], selected = -1;

const most = Math.max(1, ...flows.map(({ beds }) => beds));
const middles = districts.map(({ label }) => label && { x: worldX(label[0]), y: worldY(label[1]) });
const touches = (flow, at) => flow.start === at || flow.end === at;
const lit = (flow) => selected < 0 || touches(flow, selected);

// -- painting -------------------------------------------------------------------------

function below(window_) {
  districts.forEach((each, at) => {
    const { at: shade } = each.shown[view.id];
    outline(window_, each);
    context.fillStyle = shade === null ? UNKNOWN : data.fills[shade];
    context.fill("evenodd");
    if (at !== selected) return;
    context.strokeStyle = FLOW;
    context.lineWidth = 4;
    context.stroke();
  });
}

/** A flow as a bow from one district to another: its ends, its bend and where its number stands. */
function bow(window_, flow) {
  const start = middles[flow.start], end = middles[flow.end];
  if (!start || !end) return null;
  const [x0, y0] = inPixels(window_, start.x, start.y), [x1, y1] = inPixels(window_, end.x, end.y);
  const long = Math.hypot(x1 - x0, y1 - y0) || 1, bend = Math.min(60, long * 0.18);
  const cx = (x0 + x1) / 2 + ((y1 - y0) / long) * bend, cy = (y0 + y1) / 2 - ((x1 - x0) / long) * bend;
  return { x0, y0, x1, y1, cx, cy, tx: (x0 + 2 * cx + x1) / 4, ty: (y0 + 2 * cy + y1) / 4 };
}

function drawBow(own, at, wide, ink) {
  const back = Math.hypot(at.x1 - at.cx, at.y1 - at.cy) || 1, head = 6 + wide * 1.4;
  const ux = (at.x1 - at.cx) / back, uy = (at.y1 - at.cy) / back;
  own.strokeStyle = own.fillStyle = ink;
  own.lineWidth = wide;
  own.beginPath();
  own.moveTo(at.x0, at.y0);
  own.quadraticCurveTo(at.cx, at.cy, at.x1 - ux * head * 0.8, at.y1 - uy * head * 0.8);
  own.stroke();
  own.beginPath();
  own.moveTo(at.x1, at.y1);
  own.lineTo(at.x1 - ux * head - uy * head * 0.5, at.y1 - uy * head + ux * head * 0.5);
  own.lineTo(at.x1 - ux * head + uy * head * 0.5, at.y1 - uy * head - ux * head * 0.5);
  own.fill();
}

function text(x, y, said, ink) {
  context.strokeStyle = HALO;
  context.lineWidth = 3.5;
  context.strokeText(said, x, y);
  context.fillStyle = ink;
  context.fillText(said, x, y);
}

/** Names with their numbers, above the arrows, the one selected first, then by size; near ones step aside. */
function drawLabels(window_, taken) {
  context.font = `bold 13px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  const order = [...districts.keys()].filter((at) => middles[at]);
  order.sort((a, b) => (b === selected) - (a === selected) || districts[b].size - districts[a].size);
  const placed_ = [];
  for (const at of order) {
    const own = inPixels(window_, middles[at].x, middles[at].y), told = districts[at].shown[view.id].told;
    const wide = Math.max(context.measureText(districts[at].name).width, context.measureText(told).width) / 2 + 2;
    const where = sidestep(taken, ...own, [wide, 13, wide, 18], 120);
    if (where) placed_.push([at, own, where, wide, told]);
  }
  for (const [, own, where] of placed_) leader(own, where, NAMES);
  for (const [at, , [x, y], wide, told] of placed_) {
    context.fillStyle = "rgba(255,255,255,.78)";
    context.fillRect(x - wide, y - 13, 2 * wide, 32);
    text(x, y, districts[at].name, NAMES);
    text(x, y + 15, told, NAMES);
  }
}

/** Numbers of flows, the largest first; one that would lie on another is left to the table. */
function drawNumbers(bows, taken) {
  context.font = `bold 12px ${getComputedStyle(document.body).fontFamily}`;
  for (const [flow, at] of bows) {
    const wide = context.measureText(flow.told).width / 2 + 2;
    if (lit(flow) && free(taken, [at.tx - wide, at.ty - 11, at.tx + wide, at.ty + 3])) text(at.tx, at.ty, flow.told, "#7a1414");
  }
}

function above(window_) {
  const bows = flows.map((flow) => [flow, bow(window_, flow)]).filter(([, at]) => at), taken = [];
  for (const [flow, at] of [...bows].reverse().sort(([a], [b]) => lit(a) - lit(b))) {
    drawBow(context, at, 1 + 6 * Math.sqrt(flow.beds / most), lit(flow) ? FLOW : FAINT);
  }
  drawLabels(window_, taken);
  drawNumbers(bows, taken);
}

/** The district at a pixel; -1 for none. */
function districtAt(x, y) {
  const window_ = windowOf();
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const found = districts.findIndex((each) => {
    outline(window_, each);
    return each.rings.length && context.isPointInPath(x, y, "evenodd");
  });
  context.restore();
  return found;
}

function under(x, y) {
  const at = districtAt(x, y);
  return at < 0 ? "" : say("hint", { name: districts[at].name, value: districts[at].shown[view.id].told });
}

// -- beside the map -------------------------------------------------------------------

function legend() {
  const picture = (paint) => {
    const made = make("canvas", { width: 28, height: 16 });
    paint(made.getContext("2d"));
    return made;
  };
  const swatch = (fill) => picture((own) => {
    own.fillStyle = fill;
    own.fillRect(1, 1, 26, 14);
    own.strokeStyle = BORDER;
    own.strokeRect(1.5, 1.5, 25, 13);
  });
  const rows = view.classes.map((name, at) => [swatch(data.fills[at]), name]);
  if (districts.some((each) => each.shown[view.id].at === null)) rows.push([swatch(UNKNOWN), say("unknown")]);
  if (flows.length) rows.push([picture((own) => drawBow(own, { x0: 1, y0: 12, cx: 12, cy: 4, x1: 27, y1: 8 }, 2, FLOW)), say("flow")]);
  byId("legend").replaceChildren(make("h3", {}, view.name), make("ul", {}, ...rows.map(([mark, said]) => make("li", {}, mark, make("span", {}, said)))));
}

const openable = (at) => {
  const made = make("button", { type: "button", className: "link", textContent: districts[at].name });
  made.addEventListener("click", () => go(at, { fitting: true }));
  return made;
};

function table(name, heads, rows, extra = "") {
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, say(each))));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell))));
  return make("table", {}, make("caption", {}, say(name), " ", make("span", { className: "soft" }, extra)), make("thead", {}, head), make("tbody", {}, ...body));
}

function moves() {
  const shown = flows.filter(lit), total = shown.reduce((sum, { beds }) => sum + beds, 0);
  if (!shown.length) {
    byId("moves").replaceChildren(make("p", { className: "soft" }, say("moves_none")));
    return;
  }
  const rows = shown.map((flow) => [openable(flow.start), make("span", {}, openable(flow.end), ...(selected < 0 ? [] : flow.parts.map((part) => make("span", { className: "why" }, part)))), flow.told]);
  byId("moves").replaceChildren(table("moves", ["start", "end", "beds"], rows, say("listed", { n: grouped(shown.length), beds: grouped(total) })));
}

function facts() {
  if (selected < 0) {
    byId("facts").replaceChildren(make("h2", {}, say("facts")), make("p", { className: "soft" }, say("facts_none")));
    return;
  }
  const own = districts[selected], { why, ...numbers } = own.facts;
  const rows = Object.entries(numbers).map(([name, told]) => [say(name), told]);
  rows.push(...["off_before", "off_after"].map((each) => [say(each), own.shown[each].told]));
  if (why) rows.push([say("why"), why]);
  byId("facts").replaceChildren(make("h2", {}, own.name), make("dl", {}, ...rows.flatMap(([name, told]) => [make("dt", {}, name), make("dd", {}, told)])));
}

/** Tell of a district and of its flows; -1 of all. */
function go(at, { fitting = false } = {}) {
  selected = at;
  byId("district").value = at < 0 ? "" : String(at);
  facts();
  moves();
  const around = at < 0 ? [] : [at, ...flows.filter((flow) => touches(flow, at)).flatMap(({ start, end }) => [start, end])];
  const corners = extent(around.flatMap((each) => districts[each].rings), []);
  if (fitting && corners) fit(corners);
  redraw();
}

const option = (value, said) => make("option", { value, textContent: said });
byId("view").replaceChildren(...data.views.map(({ name }, at) => option(at, name)));
byId("district").replaceChildren(option("", say("any")), ...districts.map(({ name }, at) => option(at, name)));
byId("view").addEventListener("change", ({ target }) => {
  view = data.views[target.value];
  legend();
  redraw();
});
byId("district").addEventListener("change", ({ target }) => go(target.value === "" ? -1 : Number(target.value), { fitting: true }));
byId("controls").addEventListener("submit", (event) => event.preventDefault());
map.on("click", ({ containerPoint: { x, y } }) => go(districtAt(x, y)));
map.getContainer().addEventListener("keydown", ({ key }) => {
  const { x, y } = map.getSize();
  if (key === "Enter") go(districtAt(x / 2, y / 2));
  if (key === "Escape") go(-1);
});
byId("districts").append(table("districts", ["district", "before", "after", "target", "off_after"], districts.map((each, at) => [openable(at), each.facts.before, each.facts.after, each.facts.target, each.shown.off_after.told])));
legend();
facts();
moves();
begin({ points: [], below, above, under });
