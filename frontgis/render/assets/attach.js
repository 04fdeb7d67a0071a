// Takes a Leaflet map and the page's data block and puts the first over the second.

function readData(block) {
  const raw = JSON.parse(block.textContent);
  const origin = mercator(...raw.origin);
  const shapes = {};
  for (const [name, shape] of Object.entries(raw.shapes)) shapes[name] = new Shape(shape, raw.scale, origin);
  const labels = readLabels(raw, origin);
  return { ...raw, origin, shapes, labels, relief: raw.relief && readRelief(raw.relief, origin) };
}

function readRelief({ box, source }, origin) {
  const [left, top] = mercator(box[0], box[3]);
  const [right, bottom] = mercator(box[2], box[1]);
  const image = new Image();
  image.src = source;
  return { image, box: [left - origin[0], top - origin[1], right - origin[0], bottom - origin[1]] };
}

function loaded(data) {
  const faces = ['400 12px', '600 12px', 'italic 400 12px'].map((font) =>
    document.fonts.load(`${font} frontgis-sans`, 'Aа'),
  );
  return Promise.allSettled([...faces, data.relief && data.relief.image.decode()]);
}

// A wide screen shows the whole extent beside the panel; a narrow one what the map is about.
function firstView(map, data, panel) {
  const wide = map.getSize().x >= 620;
  const over = panel && getComputedStyle(panel).position === 'absolute';
  const [west, south, east, north] = wide ? data.view : data.focus;
  map.fitBounds([[south, west], [north, east]], {
    paddingBottomRight: [over ? panel.offsetWidth + 16 : 0, 0],
    animate: false,
  });
  return map.getBounds();
}

// The map takes the static picture's place only once it can be drawn; where drawing fails, the picture stays.
async function attach(map, block) {
  const data = readData(block);
  if (data.history) data.timeline = await readTimeline(data.history);
  if (data.history) Object.assign(data.statuses, data.history.statuses);
  await loaded(data);
  const live = document.documentElement.classList;
  live.add('frontgis-live');
  try {
    show(map, data);
  } catch (error) {
    live.remove('frontgis-live');
    throw error;
  }
  performance.mark('frontgis-drawn');
}

function show(map, data) {
  const painter = new Painter(data, readTheme(map.getContainer()));
  const panel = document.getElementById('frontgis-panel');
  map.createPane('frontgis').classList.add('frontgis-pane');
  const time = document.getElementById('frontgis-time');
  if (time && data.timeline) time.hidden = false;
  map.invalidateSize({ animate: false, pan: false });
  const reach = L.latLngBounds([[data.box[1], data.box[0]], [data.box[3], data.box[2]]]);
  // setMaxBounds would pan a view that reaches beyond it, and go on moving it after it is drawn.
  if (addressView(map)) map.panInsideBounds(reach, { animate: false });
  else reach.extend(firstView(map, data, panel));
  map.setMaxBounds(reach);
  map.setMinZoom(Math.max(map.getMinZoom(), Math.floor(map.getBoundsZoom(reach, true))));
  const layer = makeLayer(painter);
  map.addLayer(layer);
  surround(map, painter, layer, panel);
  window.frontgis.state = {
    map,
    labels: () =>
      shownLabels(data.labels, map.getZoom()).map((label) => ({
        text: label.text,
        box: labelBox(layer.pen(), label, layer.view()),
      })),
  };
}

function surround(map, painter, layer, panel) {
  const redraw = () => layer.redraw();
  const { data } = painter;
  L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);
  groundPopup(map, painter);
  markTips(map, painter);
  finerNote(map, data.words);
  if (panel) {
    if (data.timeline) wholeLegend(panel.querySelector('.legend'), data.history);
    legendSwitches(panel.querySelector('.legend'), painter, redraw);
    rowButtons(panel, map, data.units);
    searchForm(document.getElementById('frontgis-search'), map, data);
    startPast(map, painter, layer, panel);
  } else creditNote(map, data.words);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    painter.theme = readTheme(map.getContainer());
    redraw();
  });
}

window.frontgis = { attach };
