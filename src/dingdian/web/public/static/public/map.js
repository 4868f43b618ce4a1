// The map of institutions: chosen by district and kind, each with its name and page.
"use strict";
(async () => {
  const place = document.getElementById("map");
  if (!place) return;
  const fail = () => { place.hidden = true; document.getElementById("no-map").hidden = false; };
  if (typeof L === "undefined") return fail();
  let data;
  try {
    const answer = await fetch(place.dataset.from);
    if (!answer.ok) return fail();
    data = await answer.json();
  } catch { return fail(); }
  const words = JSON.parse(document.getElementById("words").textContent);
  const map = drawing.map(place);
  const bounds = drawing.districts(map, data), points = drawing.points(data);
  const layer = L.layerGroup().addTo(map);
  const choose = document.getElementById("choose");

  const popup = (point) => {
    const box = document.createElement("div"), link = document.createElement("a"), kind = document.createElement("div");
    link.href = `${place.dataset.page}${encodeURIComponent(point.code)}`;
    link.textContent = point.name;
    kind.textContent = words.kind[point.kind] ?? "";
    box.append(link, kind);
    return box;
  };
  const draw = () => {
    layer.clearLayers();
    const { district, kind } = Object.fromEntries(new FormData(choose));
    const shown = points.filter((each) => (!district || each.district === district) && (!kind || each.kind === kind));
    for (const each of shown) layer.addLayer(drawing.dot(each).bindPopup(() => popup(each)));
    document.getElementById("count").textContent = shown.length.toLocaleString("en-US");
    document.body.dataset.drawn = String(shown.length);
    return bounds[district] ?? drawing.extent(bounds, shown);
  };
  const whole = draw();
  const wanted = points.find((each) => each.code === place.dataset.at);
  if (wanted) {
    map.setView(wanted.at, 14);
    L.popup().setLatLng(wanted.at).setContent(popup(wanted)).openOn(map);
  } else map.fitBounds(whole);
  choose.addEventListener("change", () => {
    map.fitBounds(draw());
    const query = new URLSearchParams(new FormData(choose));
    history.replaceState(null, "", `?${query}`);
  });
  choose.addEventListener("submit", (event) => event.preventDefault());
})();
