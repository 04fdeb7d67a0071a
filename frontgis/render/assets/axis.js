// The time axis: bars of what was gained and lost from version to version, and the handles A and B upon them.

const SPANS = [['1 day', 1], ['7 days', 7], ['28 days', 28], ['All', Infinity]];

function make(tag, className, properties = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return Object.assign(element, properties);
}

class Axis {
  constructor(section, timeline, steps, choose) {
    this.section = section;
    this.timeline = timeline;
    this.steps = steps;
    this.choose = choose;
    this.a = this.b = 0;
    this.track = make('div', 'track');
    this.chart = make('canvas');
    this.chart.setAttribute('aria-hidden', 'true');
    this.span = make('div', 'span');
    this.handles = { a: this.handle('a', 'From'), b: this.handle('b', 'To') };
    this.track.append(this.chart, this.span, this.handles.a, this.handles.b);
    section.append(this.controls(), this.track);
    this.track.addEventListener('pointerdown', (event) => this.grab(event));
    section.addEventListener('keydown', (event) => this.key(event));
    document.body.addEventListener('keydown', (event) => event.target === document.body && this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.track);
  }

  handle(name, label) {
    const handle = make('div', `handle handle-${name}`, { tabIndex: 0, role: 'slider' });
    handle.setAttribute('aria-label', label);
    handle.setAttribute('aria-valuemin', '1');
    handle.setAttribute('aria-valuemax', String(this.timeline.versions));
    handle.dataset.name = name;
    return handle;
  }

  controls() {
    const bar = make('div', 'time-controls');
    this.play = make('button', 'play', { type: 'button' });
    this.play.setAttribute('aria-label', 'Play');
    this.play.append(make('span'));
    this.from = this.dateField('From', 'a');
    this.to = this.dateField('To', 'b');
    this.presets = make('div', 'presets', { role: 'group' });
    this.presets.setAttribute('aria-label', 'Span of the comparison');
    for (const [text, days] of SPANS) {
      const button = make('button', '', { type: 'button', textContent: text });
      button.addEventListener('click', () => this.choose(this.back(days), this.b));
      this.presets.append(button);
    }
    bar.append(this.play, this.from.label, this.to.label, this.presets);
    return bar;
  }

  dateField(text, name) {
    const { days, versions } = this.timeline;
    const label = make('label', 'date');
    const input = make('input', '', { type: 'date', min: isoDay(days[0]), max: isoDay(days[versions - 1]) });
    label.append(make('span', '', { textContent: text }), input);
    input.addEventListener('change', () => {
      const day = dayOf(input.value);
      if (Number.isFinite(day)) this.move(name, Math.max(0, this.timeline.versionOn(day)));
    });
    return { label, input };
  }

  // The version that many days before B's.
  back(days) {
    if (days === Infinity) return 0;
    if (days === 1) return Math.max(0, this.b - 1);
    return Math.max(0, this.timeline.versionOn(this.timeline.days[this.b] - days));
  }

  // Handles that pass each other change places.
  move(name, version) {
    const other = name === 'a' ? this.b : this.a;
    const within = Math.max(0, Math.min(this.timeline.versions - 1, version));
    this.choose(Math.min(within, other), Math.max(within, other), within < other ? 'a' : 'b');
  }

  show(a, b) {
    [this.a, this.b] = [a, b];
    const { days } = this.timeline;
    this.from.input.value = isoDay(days[a]);
    this.to.input.value = isoDay(days[b]);
    for (const [name, version] of [['a', a], ['b', b]]) {
      this.handles[name].setAttribute('aria-valuenow', String(version + 1));
      this.handles[name].setAttribute('aria-valuetext', sayVersion(this.timeline, version));
    }
    [...this.presets.children].forEach((button, place) => {
      button.setAttribute('aria-pressed', String(a < b && this.back(SPANS[place][1]) === a));
    });
    this.place();
  }

  get width() {
    return this.track.clientWidth - 2 * Axis.MARGIN;
  }

  x(version) {
    const { days, minutes, versions } = this.timeline;
    const at = (which) => days[which] + (minutes[which] < 0 ? 0.5 : minutes[which] / 1440);
    const [first, last] = [at(0), at(versions - 1)];
    return Axis.MARGIN + (last > first ? ((at(version) - first) / (last - first)) * this.width : this.width);
  }

  nearest(x) {
    let [low, high] = [0, this.timeline.versions - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.x(middle) <= x) low = middle;
      else high = middle;
    }
    return x - this.x(low) <= this.x(high) - x ? low : high;
  }

  playing(now) {
    this.play.classList.toggle('playing', now);
    this.play.setAttribute('aria-label', now ? 'Pause' : 'Play');
  }

  place() {
    const [left, right] = [this.x(this.a), this.x(this.b)];
    this.handles.a.style.transform = `translateX(${left}px)`;
    this.handles.b.style.transform = `translateX(${right}px)`;
    this.span.style.transform = `translateX(${left}px)`;
    this.span.style.width = `${right - left}px`;
  }

  draw() {
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const [wide, high] = [this.track.clientWidth, this.track.clientHeight];
    Object.assign(this.chart, { width: wide * ratio, height: high * ratio });
    const pen = this.chart.getContext('2d');
    pen.scale(ratio, ratio);
    paintBars(pen, this, readTheme(this.section), wide, high);
    this.place();
  }

  grab(event) {
    const at = (moved) => moved.clientX - this.track.getBoundingClientRect().left;
    const x = at(event);
    const [left, right] = [this.x(this.a), this.x(this.b)];
    const reach = event.pointerType === 'touch' ? 22 : 12;
    const near = Math.min(Math.abs(x - left), Math.abs(x - right)) <= reach;
    const whole = !near && left < x && x < right;
    let name = Math.abs(x - left) < Math.abs(x - right) || (left === right && x < left) ? 'a' : 'b';
    const start = { x, a: this.a, b: this.b };
    const follow = (moved) => {
      if (whole) this.slide(start, at(moved) - start.x);
      else {
        const version = this.nearest(at(moved));
        this.move(name, version);
        name = this.a === version && this.b !== version ? 'a' : this.b === version && this.a !== version ? 'b' : name;
      }
    };
    event.preventDefault();
    this.track.setPointerCapture(event.pointerId);
    this.track.addEventListener('pointermove', follow);
    const release = () => this.track.removeEventListener('pointermove', follow);
    for (const end of ['pointerup', 'pointercancel']) this.track.addEventListener(end, release, { once: true });
    if (!whole) {
      this.handles[name].focus({ preventScroll: true });
      if (!near) follow(event);
    }
  }

  slide(start, shift) {
    const { versions, days } = this.timeline;
    const a = Math.min(this.nearest(this.x(start.a) + shift), versions - 1);
    const b = this.timeline.versionOn(days[a] + days[start.b] - days[start.a]);
    if (this.x(start.b) + shift <= this.x(versions - 1) + 1) this.choose(a, Math.max(a, b));
  }

  key(event) {
    if (event.target.tagName === 'INPUT' || event.altKey || event.ctrlKey || event.metaKey) return;
    const name = event.target.dataset.name || 'b';
    const now = this[name];
    const last = this.timeline.versions - 1;
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 }[event.key];
    const target = { Home: 0, End: last }[event.key] ?? (step && now + step);
    if (target === undefined) return;
    event.preventDefault();
    this.move(name, target);
    if (event.target.dataset.name) this.handles[this.held(name, target)].focus();
  }

  // Which handle is the one that was moved: it may have passed the other.
  held(name, version) {
    const within = Math.max(0, Math.min(this.timeline.versions - 1, version));
    if (this[name] === within) return name;
    return name === 'a' ? 'b' : 'a';
  }
}

Axis.MARGIN = 22;

// Gains upward, losses downward, one scale: the greatest tenth is cut, so that the usual days can be read.
function paintBars(pen, axis, theme, wide, high) {
  const { gained, lost } = axis.steps;
  const foot = 16;
  const most = Math.max(1, ...topOf(gained), ...topOf(lost));
  const share = Math.max(0.2, Math.min(0.8, Math.max(...topOf(lost)) / (Math.max(...topOf(gained)) + Math.max(...topOf(lost)) || 1)));
  const middle = 2 + (high - foot - 4) * (1 - share);
  const scale = Math.min((middle - 2) / Math.max(1, ...topOf(gained)), (high - foot - middle - 2) / Math.max(0.01, ...topOf(lost)), (high - foot) / most);
  const thick = Math.max(1, Math.min(10, axis.width / axis.timeline.versions - 0.5));
  paintCalendar(pen, axis, theme, high, foot);
  for (let version = 0; version < axis.timeline.versions; version++) {
    const x = axis.x(version) - thick / 2;
    const [up, down] = [Math.min(middle - 1, gained[version] * scale), Math.min(high - foot - middle, lost[version] * scale)];
    pen.fillStyle = theme['quiet-ink'];
    pen.fillRect(x, middle - 0.5, thick, 1);
    pen.fillStyle = theme.gained;
    if (up) pen.fillRect(x, middle - Math.max(1, up), thick, Math.max(1, up));
    pen.fillStyle = theme.lost;
    if (down) pen.fillRect(x, middle, thick, Math.max(1, down));
  }
}

function topOf(figures) {
  const sorted = [...figures].filter((figure) => figure > 0).sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length * 0.98)] || 0];
}

function paintCalendar(pen, axis, theme, high, foot) {
  const { days, versions } = axis.timeline;
  const [first, last] = [days[0], days[versions - 1]];
  const perDay = axis.width / Math.max(1, last - first);
  const every = [1, 2, 3, 6, 12].find((months) => perDay * 30.4 * months > 62) || 12;
  pen.font = '12px frontgis-sans, "Arial Narrow", sans-serif';
  pen.textBaseline = 'bottom';
  const date = new Date(first * 864e5);
  for (let month = date.getUTCFullYear() * 12 + date.getUTCMonth() + 1; ; month++) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;
    if (day > last) break;
    if (month % every) continue;
    const x = Axis.MARGIN + (day - first) * perDay;
    const name = MONTHS[month % 12].slice(0, 3);
    pen.fillStyle = theme['unit-border'];
    pen.fillRect(x, 0, 1, high - foot + 4);
    pen.fillStyle = theme['quiet-ink'];
    pen.fillText(month % 12 ? name : `${name} ${Math.floor(month / 12)}`, x + 3, high);
  }
}
