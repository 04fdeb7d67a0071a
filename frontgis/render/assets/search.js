// Finds places in any spelling: what is typed in Latin or Cyrillic is folded to one rough Latin form.

const FOLDED = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ie', ё: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i',
  й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts',
  ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia',
};

function foldName(text) {
  return [...text.toLowerCase().normalize('NFC')]
    .map((letter) => FOLDED[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')
    .replace(/kh/g, 'k')
    .replace(/h/g, 'g')
    .replace(/[yj]/g, 'i')
    .replace(/(.)\1+/g, '$1');
}

// How far a folded name is from what was typed: 0 the same, 1 begins with it, 2 holds it, 3 begins with all but its end.
function likeness(name, typed) {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(typed)) return 2;
  return typed.length > 4 && name.startsWith(typed.slice(0, -2)) ? 3 : undefined;
}

function findPlaces(places, text, most = 6) {
  const typed = foldName(text);
  if (typed.length < 2) return [];
  return places
    .map((place, order) => ({ place, order, rank: likeness(place.folded, typed) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, most)
    .map(({ place }) => place);
}

function searchForm(form, map, data) {
  const input = form.querySelector('input');
  const list = form.querySelector('ul');
  const places = data.labels.filter(({ dot }) => dot).map((place) => ({ ...place, folded: foldName(place.text) }));
  const hit = L.layerGroup().addTo(map);
  const choose = (place) => {
    const [lon, lat] = unmercator(place.x + data.origin[0], place.y + data.origin[1]);
    const name = document.createElement('span');
    name.textContent = place.text;
    hit.clearLayers();
    L.circleMarker([lat, lon], { radius: 11, weight: 2.5, fill: false, className: 'frontgis-hit', interactive: false })
      .bindTooltip(name, { permanent: true, direction: 'top', offset: [0, -10] })
      .addTo(hit);
    map.setView([lat, lon], Math.max(map.getZoom(), 9), { animate: !stillness() });
    list.replaceChildren();
    input.value = place.text;
  };
  const suggest = () => {
    const items = findPlaces(places, input.value).map((place) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = place.text;
      button.addEventListener('click', () => choose(place));
      item.append(button);
      return item;
    });
    if (!items.length && foldName(input.value).length > 2) line(list, 'li', data.words.unfound);
    else list.replaceChildren(...items);
  };
  input.addEventListener('input', () => {
    list.replaceChildren();
    hit.clearLayers();
    suggest();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [first] = findPlaces(places, input.value);
    if (first) choose(first);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') list.replaceChildren();
  });
  form.hidden = false;
}
