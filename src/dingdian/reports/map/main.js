/* The state of the page, its controls, and what happens when they change. */

/** The first measure that every district has a number of, else the first. */
const whole = data.measures.find(({ values }) => values.every((each) => each && each.at !== null));

const VIEWS = {
  districts: { measure: (whole ?? data.measures[0])?.id ?? "", stock: "none", circles: false, cells: "none", labels: true },
  institutions: { measure: "", stock: "", circles: false, cells: "none", labels: true },
  circles: { measure: "", stock: "medical_institutions", circles: true, cells: "class", labels: true },
  people: { measure: "", stock: "none", circles: false, cells: "people", labels: true },
};
const CONTROLS = ["measure", "stock", "service", "kind", "standing", "circles", "cells", "labels"];

const everywhere = extent();
const map = L.map("map", {
  zoomControl: false,
  attributionControl: false,
  zoomAnimation: false,
  fadeAnimation: false,
  inertia: false,
  zoomSnap: 0.25,
  zoomDelta: 0.5,
  wheelPxPerZoomLevel: 120,
  minZoom: 4,
  maxZoom: 18,
});
L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);

const sheet = makeSheet(map);
let state = { selected: null, chosen: new Uint8Array(institutions.n), shown: new Uint8Array(institutions.n), cells: "none" };
let waiting = false;

function redraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    sheet.draw(state);
    document.body.dataset.drawn = String(Number(document.body.dataset.drawn ?? 0) + 1);
  });
}

/** The whole area, below the marks in the upper corner. */
const room = { animate: false, paddingTopLeft: [12, 44], paddingBottomRight: [12, 12] };
const showAll = () => map.fitBounds(everywhere ?? [[35, 100], [40, 110]], room);

// -- state ----------------------------------------------------------------------------

/** Which institutions are chosen by the filters, and which of them can be drawn. */
function choose(stock, service, kind, standing) {
  const bit = (table, id) => table.indexOf(id);
  const inStock = bit(data.stocks.map(({ id }) => id), stock), hasService = bit(Object.keys(data.services), service);
  const chosen = new Uint8Array(institutions.n);
  if (stock === "none") return chosen;
  for (let row = 0; row < institutions.n; row++) {
    chosen[row] =
      (!stock || (institutions.stocks[row] >> inStock) & 1) &&
      (!service || (institutions.services[row] >> hasService) & 1) &&
      (!kind || institutions.kind.ids[institutions.kind.at[row]] === kind) &&
      (!standing || institutions.standing.ids[institutions.standing.at[row]] === standing);
  }
  return chosen;
}

function readState() {
  const value = (id) => byId(id).value;
  const stock = data.stocks.find(({ id }) => id === value("stock"));
  const circle = stock?.metres && byId("circles").checked ? stock.metres : 0;
  const chosen = choose(value("stock"), value("service"), value("kind"), value("standing"));
  const shown = chosen.map((yes, row) => yes && institutions.known[row]);
  byId("circles").disabled = !stock?.metres;
  byId("circle-note").textContent = stock?.circle ?? "";
  for (const option of byId("cells").options) {
    option.disabled = ["unserved", "class"].includes(option.value) && !localities.served[stock?.id];
  }
  if (byId("cells").selectedOptions[0].disabled) byId("cells").value = "none";
  return {
    measure: data.measures.find(({ id }) => id === value("measure")),
    stock,
    circle,
    chosen,
    shown,
    institutions: value("stock") !== "none",
    anySuspended: shown.some((yes, row) => yes && institutions.standing.at[row] === suspended),
    cells: value("cells"),
    labels: byId("labels").checked,
    selected: state.selected,
  };
}

function changed() {
  state = readState();
  legend(state);
  if (byId("tables").open) tables(state, go);
  redraw();
}

/** Select a thing, tell of it, and bring it into the window. */
function go(selected, { move = true } = {}) {
  state.selected = selected;
  facts(selected, go);
  if (selected) byId("facts").scrollIntoView({ block: "nearest" });
  if (selected && move) bring(selected);
  redraw();
}

function bring({ of, row }) {
  if (of === "district") {
    const rings = districts[row].rings;
    if (!rings.length) return;
    const bounds = rings.flatMap((ring) => Array.from(ring.lon, (lon, at) => [ring.lat[at] / data.steps, lon / data.steps]));
    map.fitBounds(L.latLngBounds(bounds), { animate: false, padding: [30, 30] });
    return;
  }
  const points = of === "institution" ? institutions : localities;
  if (!points.known[row]) return;
  map.setView([points.lat[row] / data.steps, points.lon[row] / data.steps], Math.max(map.getZoom(), 13), { animate: false });
}

// -- controls -------------------------------------------------------------------------

function fill(id, options) {
  byId(id).replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
}

function fillControls() {
  const groups = Object.entries(data.groups).map(([id, name]) => {
    const own = data.measures.filter(({ group }) => group === id).map((each) => make("option", { value: each.id }, each.title));
    return own.length ? make("optgroup", { label: name }, ...own) : null;
  });
  byId("measure").replaceChildren(make("option", { value: "" }, say("no_measure")), ...groups.filter(Boolean));
  fill("stock", [["none", say("no_stock")], ["", say("every_stock")], ...data.stocks.map(({ id, name }) => [id, name])]);
  fill("service", [["", say("any")], ...Object.entries(data.services)]);
  for (const name of ["kind", "standing"]) {
    const ids = institutions[name].ids.filter(Boolean);
    fill(name, [["", say("any")], ...ids.map((id) => [id, data.terms[name][id] ?? id])]);
  }
  fill("cells", ["none", "people", "class", "unserved"].map((each) => [each, say(`cells_${each}`)]));
  CONTROLS.forEach((id) => byId(id).addEventListener("change", changed));
}

function view(name) {
  for (const [id, value] of Object.entries(VIEWS[name])) {
    const control = byId(id);
    if (control.type === "checkbox") control.checked = value;
    else control.value = value;
  }
  for (const id of ["service", "kind", "standing"]) byId(id).value = "";
  if (name === "circles" && !data.stocks.find(({ id }) => id === VIEWS.circles.stock)?.metres) {
    byId("stock").value = data.stocks.find(({ metres }) => metres)?.id ?? "";
  }
  changed();
}

document.querySelectorAll("[data-view]").forEach((each) => each.addEventListener("click", () => view(each.dataset.view)));
byId("search").addEventListener("input", (event) => search(event.target.value, go));
byId("find").addEventListener("submit", (event) => event.preventDefault());
byId("tables").addEventListener("toggle", () => byId("tables").open && tables(state, go));
byId("reset").addEventListener("click", showAll);
byId("print").addEventListener("click", () => window.print());

// -- the map --------------------------------------------------------------------------

map.on("move zoom", redraw);
map.on("resize", () => {
  sheet.resize(window.devicePixelRatio || 1);
  redraw();
});
map.on("click", ({ containerPoint }) => go(sheet.hit(containerPoint.x, containerPoint.y, state), { move: false }));
map.getContainer().addEventListener("keydown", ({ key }) => {
  const { x, y } = map.getSize();
  if (key === "Enter") go(sheet.hit(x / 2, y / 2, state), { move: false });
});

const hint = byId("hint");
map.on("mousemove", ({ containerPoint: { x, y } }) => {
  const under = sheet.hit(x, y, state);
  hint.hidden = !under;
  if (!under) return;
  hint.textContent = nameOf[under.of](under.row) || say("nameless");
  hint.style.left = `${x + 14}px`;
  hint.style.top = `${y + 12}px`;
});
map.on("mouseout", () => (hint.hidden = true));

/** Printed, the map has the size of the paper and twice the points. */
function printed(on) {
  const { _northEast: northEast, _southWest: southWest } = map.getBounds();
  document.body.classList.toggle("printing", on);
  document.body.classList.toggle("a3", byId("paper").value === "A3");
  map.invalidateSize({ pan: false, animate: false });
  map.fitBounds([southWest, northEast], { animate: false });
  sheet.resize(on ? 2 : window.devicePixelRatio || 1);
  sheet.draw(state);
}
window.addEventListener("beforeprint", () => printed(true));
window.addEventListener("afterprint", () => printed(false));

fillControls();
showAll();
sheet.resize(window.devicePixelRatio || 1);
view(data.measures.length && drawnDistricts.length ? "districts" : "institutions");
facts(null, go);
byId("empty").hidden = everywhere !== null;
sheet.draw(state);
document.body.dataset.ready = "yes";
performance.mark("ready");
