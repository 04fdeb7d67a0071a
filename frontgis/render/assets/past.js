// Joins map, axis, table and words: whatever versions A and B are chosen, all of them say the same.

const TRAIL_DAYS = 7;

class Past {
  constructor(data) {
    this.data = data;
    this.block = data.history;
    this.timeline = data.timeline;
    this.network = new Network(this.timeline, data.origin);
    this.first = { a: this.block.a, b: this.block.b, shapes: data.shapes, version: data.words.version };
    this.a = this.block.a;
    this.b = this.block.b;
    this.trails = new Map();
    this.data.version = this.b;
    this.asked = data.asked.map(([name, lon, lat, grades]) => ({
      name,
      grades,
      label: this.timeline.groundAt(lon, lat),
    }));
  }

  get atFirst() {
    return this.a === this.first.a && this.b === this.first.b;
  }

  // The data's shapes and words become those of version `b` and of the change since `a`.
  set(a, b) {
    [this.a, this.b] = [a, b];
    this.data.version = b;
    const moving = this.atFirst ? this.first.shapes : shapesOf(this.network, this.block, a, b);
    const shapes = { ...this.first.shapes };
    for (const name of this.block.layers) {
      delete shapes[name];
      if (moving[name]) shapes[name] = moving[name];
    }
    this.data.shapes = shapes;
    this.data.words.gained = `newly held since ${sayDay(this.timeline.days[a])}`;
    this.data.words.lost = `no longer held since ${sayDay(this.timeline.days[a])}`;
    this.data.words.version = `Control: ${this.block.attribution}, as of ${isoVersion(this.timeline, b)}`;
  }

  // What changed in the last days before B, the older the fainter.
  trail() {
    const { days } = this.timeline;
    const found = [];
    for (let version = this.b; version > 0 && days[this.b] - days[version] < TRAIL_DAYS; version--) {
      if (!this.trails.has(version)) this.trails.set(version, stepShapes(this.network, this.block, version));
      const alpha = 1 - (days[this.b] - days[version]) / TRAIL_DAYS;
      for (const part of this.trails.get(version)) found.unshift({ ...part, alpha });
    }
    return found;
  }

  // Km² gained and lost by unit on the ground that the map counts, and their sum.
  counted(mine) {
    const { block } = this;
    const all = this.timeline.change(this.a, this.b, mine);
    const rows = all.filter(({ unit }) => !block.within.length || block.within.includes(unit));
    const total = { gained: 0, lost: 0 };
    for (const row of rows) for (const way of ['gained', 'lost']) total[way] += row[way];
    return { rows, total };
  }

  // Km² that the other side's incursion held in a version, told from what it held in the first that was shown.
  abroad(version) {
    const { timeline, block } = this;
    const [then, now] = [timeline.codes(block.b), timeline.codes(version)];
    let km2 = block.abroad;
    for (let face = 0; face < now.length; face++) {
      if (block.within.length && !block.within.includes(timeline.unit[face])) continue;
      km2 += timeline.km2[face] * (Number(block.theirs[now[face]]) - Number(block.theirs[then[face]]));
    }
    return Math.max(0, km2);
  }

  // Whose the places are that the map is about.
  standing() {
    const codes = this.timeline.codes(this.b);
    return this.asked.map(({ name, label, grades }) => {
      const code = label === undefined ? undefined : this.block.codes[Timeline.side(codes, label)];
      const words = this.data.statuses[code] || this.data.statuses.unmapped;
      return { name, words, said: standingOf(this.data, words, grades) };
    });
  }

  say() {
    const { timeline, block } = this;
    const { rows, total } = this.counted(block.mine);
    const across = block.incursion ? this.counted(block.theirs).total : { gained: 0, lost: 0 };
    const [before, after] = [timeline.days[this.a], timeline.days[this.b]];
    const words = {
      day: sayDay(after),
      before: sayDay(before),
      gained: saySigned(total.gained),
      lost: saySigned(-total.lost),
      net: saySigned(total.gained - total.lost),
      span: sayDays(after - before),
      abroad: sayKm2(this.abroad(this.b)),
      abroad_before: sayKm2(this.abroad(this.a)),
      places: sayPlaces(this.standing()),
    };
    const since = sayDay(before, !sameYear(before, after));
    const drawn = `${block.drawnBy} ${words.day}`;
    const subtitle =
      this.a === this.b
        ? `${drawn}; one version, so no change is shown`
        : `${drawn}, compared directly with ${since}`;
    const title = fillIn(this.a === this.b ? block.alone : block.title, words);
    return { rows, total, across, since, day: words.day, title, subtitle };
  }

  // Since when the ground at a place has been what it is, and how often it changed hands before.
  told(lon, lat) {
    const { timeline, block, b } = this;
    const label = timeline.groundAt(lon, lat);
    const start = sayVersion(timeline, 0);
    const turns = label >= 0 ? timeline.turns(label).filter(({ version }) => version <= b) : [];
    if (!turns.length) return [`So in every version since ${start}`];
    const last = turns[turns.length - 1].version;
    const hands = turns.filter(({ before, after }) => block.mine[before] !== block.mine[after]).length;
    return [
      `Since after ${sayVersion(timeline, last - 1)}, by ${sayVersion(timeline, last)}`,
      `Changed hands ${sayTimes(hands)} since ${start}`,
    ];
  }

  // The versions that an address names.
  wanted() {
    const { timeline } = this;
    const version = (text) => {
      for (let found = 0; found < timeline.versions; found++) if (isoVersion(timeline, found) === text) return found;
      const day = dayOf((text || '').slice(0, 10));
      return Number.isNaN(day) ? undefined : Math.max(0, timeline.versionOn(day));
    };
    const [from, date] = [version(address().get('from')), version(address().get('date'))];
    if (from === undefined && date === undefined) return undefined;
    const ends = [from ?? Math.min(this.first.a, date), date ?? this.first.b];
    return [Math.min(...ends), Math.max(...ends)];
  }
}

function startPast(map, painter, layer, panel) {
  const section = document.getElementById('frontgis-time');
  const { data } = painter;
  if (!section || !data.timeline) return;
  const past = new Past(data);
  const words = new PastWords(past, panel, map);
  painter.told = (lon, lat) => past.told(lon, lat);
  const note = later(() => writeAddress({ date: isoVersion(past.timeline, past.b), from: isoVersion(past.timeline, past.a) }));
  const choose = (a, b, trail) => {
    past.set(a, b);
    painter.trail = trail ? past.trail() : [];
    if (trail) delete data.shapes.gained, delete data.shapes.lost;
    axis.show(a, b);
    layer.step();
    words.show();
    note();
    const still = painter.silent.size === (past.atFirst ? 0 : 2);
    if (still && !Object.keys(data.stories).length) return;
    painter.silent = new Set(past.atFirst ? [] : ['gained', 'lost']);
    layer.rename();
  };
  const axis = new Axis(section, data.timeline, data.timeline.steps(data.history.mine), (a, b) => {
    player.stop();
    choose(a, b);
  });
  const player = new Player(axis, choose);
  axis.show(past.a, past.b);
  const wanted = past.wanted();
  if (wanted) choose(...wanted);
  window.frontgis.past = { past, axis, painter };
}

// Calls once when nothing more has come for a while.
function later(act, wait = 200) {
  let timer;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, wait);
  };
}

// Moves B on from version to version, and leaves the last days' change in fading colour.
class Player {
  constructor(axis, choose) {
    this.axis = axis;
    this.choose = choose;
    axis.play.addEventListener('click', () => (this.timer ? this.stop() : this.start()));
  }

  start() {
    const { axis } = this;
    const last = axis.timeline.versions - 1;
    const still = stillness();
    this.since = axis.a;
    let at = axis.b < last ? axis.b : axis.a < last ? axis.a : 0;
    const step = () => {
      at += 1;
      axis.b = at;
      this.choose(axis.back(TRAIL_DAYS), at, !still);
      if (at >= last) this.stop();
    };
    this.timer = window.setInterval(step, still ? 1000 : Math.max(80, Math.min(800, 40000 / last)));
    axis.playing(true);
  }

  stop() {
    if (!this.timer) return;
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.axis.playing(false);
    this.choose(Math.min(this.since, this.axis.b), this.axis.b);
  }
}
