/* What makes the map live: the address, what a click does, and answers drawn where they are about.
   It runs after the scripts of the map of a plan and uses what they define. */
(() => {
  const sources = JSON.parse(byId("map-sources").textContent);
  const form = byId("ask");
  const layer = L.layerGroup().addTo(map);
  const INK = { site: "#17508f", blocker: "#a3201d", neighbour: "#7a4b00", place: "#1c6440" };
  const LABELLED = 6;
  let loaded = localities.n > 0;

  // -- the address ----------------------------------------------------------------------

  const given = () => new URLSearchParams(window.location.search);

  function readAddress() {
    const asked = given();
    if (!asked.has("measure") && !asked.has("stock")) view("institutions");
    const set = (id) => {
      if (!asked.has(id)) return;
      const control = byId(id), value = asked.get(id);
      if (control.type === "checkbox") control.checked = value === "yes";
      else if ([...control.options].some((each) => each.value === value && !each.disabled)) control.value = value;
    };
    CONTROLS.filter((id) => id !== "cells").forEach(set);
    changed(); // the stock decides how localities may be painted
    set("cells");
    changed();
  }

  function writeAddress() {
    const asked = given();
    for (const id of CONTROLS) {
      const control = byId(id);
      asked.set(id, control.type === "checkbox" ? (control.checked ? "yes" : "no") : control.value);
    }
    const address = `${window.location.pathname}?${asked}`;
    if (byId("cells").value !== "none" && !loaded) window.location.replace(address);
    else window.history.replaceState(null, "", address);
  }

  CONTROLS.forEach((id) => byId(id).addEventListener("change", writeAddress));
  document.querySelectorAll("[data-view]").forEach((each) => each.addEventListener("click", writeAddress));
  byId("find-on-map").addEventListener("submit", (event) => event.preventDefault());

  // -- what a click does ----------------------------------------------------------------

  const tabs = [...document.querySelectorAll("[data-tab]")];
  const isOpen = (id) => tabs.some((each) => each.dataset.tab === id && each.getAttribute("aria-pressed") === "true");

  function open(id) {
    for (const each of tabs) {
      const here = each.dataset.tab === id;
      each.setAttribute("aria-pressed", String(here));
      byId(each.dataset.tab).hidden = !here;
    }
    byId("facts-box").hidden = id === "asking";
    const asked = given();
    asked.set("tab", id);
    window.history.replaceState(null, "", `${window.location.pathname}?${asked}`);
  }

  tabs.forEach((each) => each.addEventListener("click", () => open(each.dataset.tab)));

  function askAt({ lat, lng }) {
    form.elements.x.value = lng.toFixed(6);
    form.elements.y.value = lat.toFixed(6);
    form.elements.crs.value = "CGCS2000";
    layer.clearLayers();
    site(lat, lng).addTo(layer);
    form.requestSubmit();
  }

  map.on("click", ({ latlng }) => {
    if (isOpen("asking")) askAt(latlng);
    else linkToPage();
  });
  map.getContainer().addEventListener("keydown", ({ key }) => {
    if (key === "Enter" && isOpen("asking")) askAt(map.getCenter());
  });
  /** The cross shows what Enter is about: while the keyboard moves the map, until an answer is there. */
  const aim = (on) => map.getContainer().classList.toggle("aiming", on);
  map.getContainer().addEventListener("focus", () => aim(true));
  map.getContainer().addEventListener("keydown", ({ key }) => aim(key !== "Enter" && key !== "Escape"));
  map.on("click", () => aim(false));
  document.addEventListener("click", ({ target }) => target.closest("#found, #facts, #tables") && linkToPage());

  /** Where the chosen institution is of the user's districts, its page in the ledger is a click away. */
  function linkToPage() {
    const selected = state.selected, link = byId("page-of");
    const own = selected?.of === "institution" && districts[institutions.district[selected.row]]?.code;
    link.hidden = !own || (sources.mine !== null && !sources.mine.includes(own));
    if (!link.hidden) link.firstElementChild.href = sources.institution.replace("CODE", () => encodeURIComponent(institutions.code[selected.row]));
  }

  // -- an answer on the map -------------------------------------------------------------

  const fixed = { interactive: false };
  const site = (lat, lng) => L.circleMarker([lat, lng], { ...fixed, radius: 7, color: "#fff", weight: 2, fillColor: INK.site, fillOpacity: 1 });

  function draw() {
    const found = byId("answer-shapes");
    layer.clearLayers();
    if (!found) return;
    const { features } = JSON.parse(found.textContent);
    const of = (role) => features.filter(({ properties }) => properties.role === role);
    const at = ({ geometry }) => [geometry.coordinates[1], geometry.coordinates[0]];
    const [middle] = of("site");
    const around = L.latLngBounds([at(middle)]);
    for (const each of of("circle")) {
      const shape = L.geoJSON(each, { ...fixed, style: { color: INK.site, weight: 1.5, dashArray: "6 4", fillOpacity: 0.06 } }).addTo(layer);
      around.extend(shape.getBounds());
    }
    for (const each of of("reach")) L.geoJSON(each, { ...fixed, style: { color: INK.site, weight: 4, opacity: 0.55 } }).addTo(layer);
    for (const role of ["neighbour", "blocker", "place"]) {
      of(role).forEach((each, number) => {
        const { distance_mm: far, name } = each.properties;
        const line = role === "place" ? { dashArray: "2 5", opacity: 0.8 } : {};
        L.polyline([at(middle), at(each)], { ...fixed, color: INK[role], weight: 1.5, ...line }).addTo(layer);
        const mark = L.circleMarker(at(each), { ...fixed, radius: 6, color: INK[role], weight: 2.5, fillColor: "#fff", fillOpacity: 0.9 }).addTo(layer);
        if (number < LABELLED) {
          const text = document.createElement("span");
          text.textContent = `${name || each.properties.locality || ""} ${grouped(Math.round(far / 1000))} m`;
          mark.bindTooltip(text, { permanent: true, direction: number % 2 ? "left" : "right", className: "far" });
        }
        around.extend(at(each));
      });
    }
    site(...at(middle)).addTo(layer);
    const beside = byId("answer").parentElement.parentElement;
    beside.scrollTop = byId("answer").offsetTop - beside.offsetTop;
    const alone = around.getNorthEast().equals(around.getSouthWest());
    if (alone) {
      if (!map.getBounds().contains(around)) map.panTo(around.getCenter(), { animate: false });
    } else if (!map.getBounds().contains(around) || map.getZoom() < 11) map.fitBounds(around, { animate: false, padding: [40, 40], maxZoom: 16 });
  }

  document.body.addEventListener("htmx:afterSettle", ({ detail }) => detail.target.id === "answer" && draw());

  readAddress();
  const tab = given().get("tab");
  if (tabs.some((each) => each.dataset.tab === tab)) open(tab);
  else open("asking");
  if (form.elements.x.value && form.elements.y.value) form.requestSubmit();
  document.body.dataset.live = "yes";
  performance.mark("live");
})();
