// A click on the map fills in the coordinates; an answer is drawn with its distance.
"use strict";
(async () => {
  const place = document.getElementById("map");
  if (!place) return;
  let data;
  try {
    data = typeof L === "undefined" ? null : await (await fetch(place.dataset.from)).json();
  } catch { data = null; }
  if (!data) { place.hidden = true; return; }
  const map = drawing.map(place), field = (name) => document.getElementById(`id_${name}`);
  const bounds = drawing.districts(map, data), points = drawing.points(data);
  for (const each of points) drawing.dot(each, { radius: 2.5, fillOpacity: 0.5, interactive: false }).addTo(map);
  const found = document.getElementById("drawn"), drawn = found && JSON.parse(found.textContent);
  let pin = null;
  const put = (at) => {
    pin?.remove();
    pin = L.circleMarker(at, { radius: 8, weight: 3, color: "#a3201d", fillColor: "#fff", fillOpacity: 1, interactive: false }).addTo(map);
  };
  if (drawn) {
    const at = [drawn.site.lat, drawn.site.lon];
    for (const metres of drawn.radii) L.circle(at, { radius: metres, color: "#a3201d", weight: 1.5, fillOpacity: 0.06, interactive: false }).addTo(map);
    for (const each of drawn.near) {
      const name = document.createElement("span");
      name.textContent = each.name;
      drawing.dot({ at: [each.lat, each.lon] }, { radius: 6, fillColor: "#a3201d" }).bindTooltip(name).addTo(map);
    }
    map.setView(at, 14);
    put(at);
  } else map.fitBounds(drawing.extent(bounds, points));
  map.on("click", ({ latlng }) => {
    put(latlng);
    field("x").value = latlng.lng.toFixed(6);
    field("y").value = latlng.lat.toFixed(6);
    field("crs").value = "cgcs2000";
    field("locality").value = "";
  });
  field("district").addEventListener("change", () => {
    const found = bounds[field("district").value];
    if (found) map.fitBounds(found);
  });
  field("locality").addEventListener("change", () => {
    if (field("locality").value) { field("x").value = ""; field("y").value = ""; pin?.remove(); }
  });
  document.body.dataset.drawn = String(points.length);
})();
