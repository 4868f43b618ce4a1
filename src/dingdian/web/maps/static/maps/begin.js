// Brings the data of the map to where its scripts look for it, then brings the scripts.
"use strict";
(async () => {
  const textOf = (id) => document.getElementById(id).textContent.trim();
  const sources = JSON.parse(textOf("map-sources"));
  const cells = new URLSearchParams(window.location.search).get("cells");
  const wanted = [sources.points, ...(cells && cells !== "none" ? [sources.localities] : [])];
  const told = document.getElementById("loading");
  try {
    const parts = await Promise.all(wanted.map(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      return (await answer.text()).trim();
    }));
    const data = document.createElement("script");
    data.type = "application/json";
    data.id = "data";
    // Objects laid end to end: what comes later stands for what came before under the same name.
    data.textContent = `{${[textOf("map-words"), ...parts].map((each) => each.slice(1, -1)).join(",")}}`;
    document.body.append(data);
    for (const address of sources.scripts) {
      await new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
    }
    told.hidden = true;
  } catch (error) {
    told.className = "fault";
    told.textContent += ` (${error.message ?? "?"})`;
  }
})();
