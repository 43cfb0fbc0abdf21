// A map with streets, where the town has an address for its tiles. Without it, or without scripts, the drawn map stays.
"use strict";

for (const canvas of document.querySelectorAll("[data-map]")) {
  const [south, west, north, east] = canvas.dataset.centre.split(",").map(Number);
  if (!window.L || [south, west, north, east].some(Number.isNaN) || !canvas.dataset.tiles) continue;
  canvas.hidden = false;
  canvas.closest("[data-map-field]")?.removeAttribute("hidden");
  const map = L.map(canvas, { scrollWheelZoom: false });
  map.attributionControl.setPrefix("Leaflet");
  L.tileLayer(canvas.dataset.tiles, { attribution: canvas.dataset.credit, maxZoom: 19 }).addTo(map);
  map.fitBounds([[south, west], [north, east]]);
  if (canvas.hasAttribute("data-pick")) pick(map);
  else if (canvas.dataset.points) show(map, canvas);
}

// One click says where an idea is; a second click on the dot takes it away.
function pick(map) {
  const latitude = document.getElementById("id_latitude");
  const longitude = document.getElementById("id_longitude");
  let dot = null;
  const put = (place) => {
    dot?.remove();
    dot = L.circleMarker(place, { radius: 11, fillOpacity: 0.8 }).addTo(map);
    dot.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      dot.remove();
      latitude.value = longitude.value = "";
    });
  };
  const number = (field) => Number(field.value.replace(",", "."));
  if (latitude.value && longitude.value) put([number(latitude), number(longitude)]);
  map.on("click", (event) => {
    latitude.value = event.latlng.lat.toFixed(6);
    longitude.value = event.latlng.lng.toFixed(6);
    put(event.latlng);
  });
}

// The ideas as dots; each leads to its page.
async function show(map, canvas) {
  const answer = await fetch(canvas.dataset.points, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const layer = L.geoJSON(await answer.json(), {
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: feature.properties.exact ? 9 : 6, fillOpacity: 0.7 }),
    onEachFeature: (feature, dot) => {
      const link = document.createElement("a");
      link.href = canvas.dataset.idea.replace("/0/", `/${feature.properties.number}/`);
      link.textContent = `${feature.properties.number}. ${feature.properties.title}`;
      dot.bindPopup(link);
    },
  }).addTo(map);
  if (layer.getLayers().length) map.fitBounds(layer.getBounds(), { maxZoom: 16, padding: [20, 20] });
}
