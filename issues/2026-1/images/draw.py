#!/usr/bin/python3
"""Draws every picture of the issue, the same each time.

    ./draw.py            all of them
    ./draw.py okladka    those named

A picture is a function with @picture(width, height) in pixels; inside it one
unit is a thousandth of the width, whatever the pixels. Light comes first,
then layers from far to near, then grain. Needs python3-cairo, -numpy, -pil."""
import math
import os
import random
import sys

import cairo
import numpy as np
from PIL import Image, ImageFilter

HERE = os.path.dirname(os.path.abspath(__file__))
TAU = 2 * math.pi
PICTURES = {}


def rgb(h):
    h = h.lstrip('#')
    return tuple(int(h[i:i + 2], 16) / 255 for i in (0, 2, 4))


def mix(a, b, t):
    return tuple(x + (y - x) * t for x, y in zip(a, b))


NAVY, INK = rgb('0f2233'), rgb('0a1826')
TEAL, DEEP, MIST = rgb('0f6b70'), rgb('0d4450'), rgb('8fb9b3')
ORANGE, RUST, PEACH = rgb('d4562a'), rgb('9c3a22'), rgb('f2b482')
SAND, CREAM, SAGE = rgb('e2c79c'), rgb('f8efdf'), rgb('8fa68e')
GOLD, MOSS, BARK = rgb('eeb04c'), rgb('4c6b52'), rgb('4a3a35')
SKIN, SKIN2, WHITE, SNOW = rgb('d99b76'), rgb('b87753'), (1, 1, 1), rgb('e9eef0')
HAIR, GREYHAIR = rgb('3a2a2a'), rgb('cfc8bf')


def picture(width, height, quality=84, grain=1.9, kind='jpg'):
    def register(draw):
        PICTURES[draw.__name__.rstrip('_')] = (draw, width, height, quality, grain, kind)
        return draw
    return register


def _speckle(seed=5, size=512):
    noise = np.random.default_rng(seed).random((size, size))
    image = Image.fromarray((noise * 255).astype('uint8')).filter(ImageFilter.GaussianBlur(0.9))
    a = np.asarray(image).astype('float32')
    a = np.clip((a - a.mean()) / a.std() * 62 + 165, 0, 255).astype('uint8')
    stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, size)
    data = np.zeros((size, stride), 'uint8')
    data[:, :size] = a
    return cairo.ImageSurface.create_for_data(data, cairo.FORMAT_A8, size, size), data


SPECKLE, _KEEP = _speckle()


class Noise:
    """Smooth one-dimensional noise, several octaves."""

    def __init__(self, seed, octaves=4, gain=0.5):
        r = random.Random(seed)
        self.o = [([r.uniform(-1, 1) for _ in range(257)], 2 ** i, gain ** i, r.uniform(0, 99))
                  for i in range(octaves)]

    def __call__(self, x):
        v = 0
        for values, f, g, shift in self.o:
            u = x * f + shift
            i = math.floor(u)
            t = u - i
            t = t * t * (3 - 2 * t)
            v += g * (values[i % 256] * (1 - t) + values[(i + 1) % 256] * t)
        return v


class Canvas:
    def __init__(self, w, h, scale):
        self.pw, self.ph, self.k = w, h, scale
        self.surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, w, h)
        self.c = cairo.Context(self.surface)
        self.c.set_antialias(cairo.ANTIALIAS_GOOD)
        self.c.scale(scale, scale)
        self.w, self.h = w / scale, h / scale

    # --- sources ---------------------------------------------------------
    def color(self, col, a=1.0):
        self.c.set_source_rgba(*col, a)

    def linear(self, x0, y0, x1, y1, *stops):
        g = cairo.LinearGradient(x0, y0, x1, y1)
        for s in stops:
            g.add_color_stop_rgba(s[0], *s[1], s[2] if len(s) > 2 else 1)
        self.c.set_source(g)
        return g

    def radial(self, x, y, r, *stops):
        g = cairo.RadialGradient(x, y, 0, x, y, r)
        for s in stops:
            g.add_color_stop_rgba(s[0], *s[1], s[2] if len(s) > 2 else 1)
        self.c.set_source(g)
        return g

    # --- paths -----------------------------------------------------------
    def poly(self, pts, close=True):
        self.c.new_path()
        for p in pts:
            self.c.line_to(*p)
        if close:
            self.c.close_path()

    def spline(self, pts, close=True, tension=0.5):
        """Catmull-Rom curve through the points."""
        c, n = self.c, len(pts)
        c.new_path()
        c.move_to(*pts[0])
        for i in range(n if close else n - 1):
            def at(j):
                return pts[j % n] if close else pts[min(max(j, 0), n - 1)]
            p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
            k = tension / 3 * 2
            c.curve_to(p1[0] + (p2[0] - p0[0]) * k / 2, p1[1] + (p2[1] - p0[1]) * k / 2,
                       p2[0] - (p3[0] - p1[0]) * k / 2, p2[1] - (p3[1] - p1[1]) * k / 2, *p2)
        if close:
            c.close_path()

    def ellipse(self, x, y, rx, ry=None, turn=0):
        c = self.c
        ry = rx if ry is None else ry
        c.new_path()
        c.save()
        c.translate(x, y)
        c.rotate(turn)
        c.scale(rx, ry)
        c.arc(0, 0, 1, 0, TAU)
        c.restore()

    def box(self, x, y, w, h, r=0):
        c = self.c
        c.new_path()
        if not r:
            c.rectangle(x, y, w, h)
            return
        r = min(r, w / 2, h / 2)
        for cx, cy, a in ((x + w - r, y + r, -.25), (x + w - r, y + h - r, 0),
                          (x + r, y + h - r, .25), (x + r, y + r, .5)):
            c.arc(cx, cy, r, a * TAU, (a + .25) * TAU)
        c.close_path()

    # --- marks -----------------------------------------------------------
    def fill(self, col=None, a=1.0, keep=False):
        if col is not None:
            self.color(col, a)
        (self.c.fill_preserve if keep else self.c.fill)()

    def stroke(self, col, width, a=1.0, keep=False):
        if col is not None:
            self.color(col, a)
        self.c.set_line_width(width)
        self.c.set_line_cap(cairo.LINE_CAP_ROUND)
        self.c.set_line_join(cairo.LINE_JOIN_ROUND)
        (self.c.stroke_preserve if keep else self.c.stroke)()

    def line(self, pts, col, width, a=1.0, smooth=True):
        (self.spline if smooth and len(pts) > 2 else self.poly)(pts, close=False)
        self.stroke(col, width, a)

    def shade(self, x0, y0, x1, y1, col, a0=0.0, a1=0.6, keep=False):
        """Sprayed shadow or light within the current path, growing from one point to the other."""
        c = self.c
        path = c.copy_path()
        c.save()
        c.clip()
        c.push_group()
        self.linear(x0, y0, x1, y1, (0, col, a0), (1, col, a1))
        c.paint()
        group = c.pop_group()
        c.set_source(group)
        pattern = cairo.SurfacePattern(SPECKLE)
        pattern.set_extend(cairo.EXTEND_REPEAT)
        pattern.set_matrix(cairo.Matrix(xx=self.k, yy=self.k))
        c.mask(pattern)
        c.restore()
        if keep:
            c.append_path(path)

    def solid(self, col, dark=None, a1=.5, down=(0, 1)):
        """Fills the current path and sprays a shadow over it, along `down`."""
        x0, y0, x1, y1 = self.c.path_extents()
        self.fill(col, keep=True)
        if dark is None:
            dark = mix(col, INK, .55)
        cx, cy, w, h = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
        self.shade(cx - w * down[0], cy - h * down[1], cx + w * down[0], cy + h * down[1], dark, 0, a1)

    def glow(self, x, y, r, col, a=.8, ry=None, mid=.35):
        c = self.c
        c.save()
        c.translate(x, y)
        c.scale(1, (ry or r) / r)
        self.radial(0, 0, r, (0, col, a), (mid, col, a * .38), (1, col, 0))
        c.arc(0, 0, r, 0, TAU)
        c.fill()
        c.restore()

    def sky(self, *stops):
        self.linear(0, 0, 0, self.h, *stops)
        self.c.paint()

    def soft(self, radius, alpha=1.0, operator=None, detail=4):
        return _Soft(self, radius, alpha, operator, detail)

    # --- landscape -------------------------------------------------------
    def ridge(self, y, amp, seed, wave, top, low, depth, octaves=4, trees=0, treecol=None, shape=None, gain=.45):
        n = Noise(seed, octaves, gain)
        f = (lambda x: y + amp * n(x / wave) + (shape(x) if shape else 0))
        if trees:
            r = random.Random(seed + 1)
            x = -10.0
            while x < self.w + 10:
                if n(x / wave * 2.3 + 40) > -.25:
                    s = trees * r.uniform(.45, 1.15)
                    self.spruce(x, f(x) + trees * .12, s, treecol or top)
                x += trees * r.uniform(.18, .5)
        pts = [(x, f(x)) for x in np.arange(-6, self.w + 8, 3)]
        self.poly(pts + [(self.w + 8, self.h + 8), (-6, self.h + 8)])
        y0 = min(p[1] for p in pts)
        self.linear(0, y0, 0, y + depth, (0, top), (1, low))
        self.c.fill()
        return f

    def spruce(self, x, y, s, col):
        c = self.c
        c.new_path()
        c.move_to(x, y - s)
        for i in (1, 2, 3, 4):
            w = s * .052 * i
            yy = y - s + s * .23 * i
            c.line_to(x + w, yy)
            c.line_to(x + w * .55, yy - s * .015)
        c.line_to(x + s * .02, y)
        c.line_to(x - s * .02, y)
        for i in (4, 3, 2, 1):
            w = s * .052 * i
            yy = y - s + s * .23 * i
            c.line_to(x - w * .55, yy - s * .015)
            c.line_to(x - w, yy)
        c.close_path()
        self.fill(col)

    def mist(self, y, height, col, a, seed=1, blobs=9):
        r = random.Random(seed)
        self.linear(0, y - height, 0, y + height, (0, col, 0), (.5, col, a), (1, col, 0))
        self.c.rectangle(-5, y - height, self.w + 10, 2 * height)
        self.c.fill()
        for _ in range(blobs):
            self.glow(r.uniform(0, self.w), y + r.uniform(-.5, .5) * height, r.uniform(.15, .35) * self.w,
                      col, a * .55, ry=height * r.uniform(.3, .7), mid=.5)

    def birds(self, flock, col, a=.8):
        for x, y, s, t in flock:
            self.c.save()
            self.c.translate(x, y)
            self.c.rotate(t)
            self.c.new_path()
            self.c.move_to(-s, -s * .15)
            self.c.curve_to(-s * .6, -s * .5, -s * .2, -s * .3, 0, 0)
            self.c.curve_to(s * .2, -s * .3, s * .6, -s * .5, s, -s * .15)
            self.c.curve_to(s * .6, -s * .3, s * .25, -s * .12, 0, s * .13)
            self.c.curve_to(-s * .25, -s * .12, -s * .6, -s * .3, -s, -s * .15)
            self.fill(col, a)
            self.c.restore()

    # --- trees -----------------------------------------------------------
    def branches(self, x, y, length, angle, width, seed, col, depth=7, spread=.5, droop=0.0, tips=None):
        r = random.Random(seed)

        def grow(x, y, length, angle, width, d):
            bend = r.uniform(-.18, .18)
            x1 = x + math.cos(angle + bend) * length
            y1 = y + math.sin(angle + bend) * length
            mx = (x + x1) / 2 + r.uniform(-.06, .06) * length
            my = (y + y1) / 2 + r.uniform(-.06, .06) * length
            nx, ny = -(y1 - y) / length, (x1 - x) / length
            w0, w1 = width / 2, width * .66 / 2
            self.c.new_path()
            self.c.move_to(x + nx * w0, y + ny * w0)
            self.c.curve_to(mx + nx * w0, my + ny * w0, mx + nx * w1, my + ny * w1, x1 + nx * w1, y1 + ny * w1)
            self.c.line_to(x1 - nx * w1, y1 - ny * w1)
            self.c.curve_to(mx - nx * w1, my - ny * w1, mx - nx * w0, my - ny * w0, x - nx * w0, y - ny * w0)
            self.c.close_path()
            self.fill(col)
            self.ellipse(x1, y1, w1 * 1.02)
            self.fill(col)
            if d <= 2 and tips is not None:
                tips.append((x1, y1, d))
            if d <= 0:
                return
            for i in range(3 if r.random() < .38 else 2):
                a = angle + bend + spread * r.uniform(.35, 1.2) * (-1 if i == 0 else 1 if i == 1 else r.uniform(-.6, .6))
                grow(x1, y1, length * r.uniform(.66, .84), a + droop * (math.pi / 2 - a), width * .64, d - 1)
        grow(x, y, length, angle, width, depth)

    def leaves(self, tips, seed, cols, size, n=5, scatter=1.6, a=.9, light=(-.6, -1)):
        """Foliage as many small leaves; those toward the light are paler (the later colours)."""
        if not tips:
            return
        r = random.Random(seed)
        xs, ys = [t[0] for t in tips], [t[1] for t in tips]
        cx, cy = sum(xs) / len(xs), sum(ys) / len(ys)
        rx, ry = (max(xs) - min(xs)) / 2 + 1, (max(ys) - min(ys)) / 2 + 1
        leaves = []
        for x, y, _ in tips:
            for _ in range(n):
                px, py = x + r.gauss(0, size * scatter), y + r.gauss(0, size * scatter)
                lit = ((px - cx) / rx * light[0] + (py - cy) / ry * light[1]) * .5 + .45 + r.gauss(0, .2)
                leaves.append((lit, px, py))
        leaves.sort()
        for lit, px, py in leaves:
            k = min(max(lit, 0), .999) * (len(cols) - 1)
            col = mix(cols[int(k)], cols[int(k) + 1], k - int(k))
            s = size * r.uniform(.6, 1.25)
            self.ellipse(px, py, s, s * .55, r.uniform(0, TAU))
            self.fill(col, a)

    def grass(self, y, seed, cols, n=300, size=26, lean=.25, wave=14):
        r = random.Random(seed)
        no = Noise(seed, 2)
        for _ in range(n):
            x = r.uniform(-10, self.w + 10)
            s = size * r.uniform(.4, 1.2)
            b = y + no(x / 120) * wave
            dx = s * (lean + r.uniform(-.35, .35))
            self.c.new_path()
            self.c.move_to(x - s * .05, b)
            self.c.curve_to(x, b - s * .5, x + dx * .5, b - s * .8, x + dx, b - s)
            self.c.curve_to(x + dx * .6, b - s * .7, x + s * .1, b - s * .4, x + s * .06, b)
            self.fill(cols[r.randrange(len(cols))])


class _Soft:
    """Within `with`, draws onto a layer of its own, which is then blurred and laid on."""

    def __init__(self, canvas, radius, alpha, operator, detail):
        self.v, self.radius, self.alpha, self.operator, self.detail = canvas, radius, alpha, operator, detail

    def __enter__(self):
        v = self.v
        d = max(1, min(self.detail, int(self.radius * v.k / 3)))
        self.d, self.old = d, (v.surface, v.c, v.k)
        v.surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, -(-v.pw // d), -(-v.ph // d))
        v.c = cairo.Context(v.surface)
        v.k = v.k / d
        m = self.old[1].get_matrix()
        v.c.set_matrix(m.multiply(cairo.Matrix(xx=1 / d, yy=1 / d)))
        return v

    def __exit__(self, *_):
        v, d = self.v, self.d
        layer = v.surface
        layer.flush()
        w, h = layer.get_width(), layer.get_height()
        a = np.ndarray((h, layer.get_stride() // 4, 4), 'uint8', layer.get_data())[:, :w]
        im = Image.fromarray(np.ascontiguousarray(a), 'RGBA')
        radius = self.radius * self.old[2] / d
        planes = [p.filter(ImageFilter.GaussianBlur(radius)) for p in im.split()]
        a[:] = np.asarray(Image.merge('RGBA', planes))
        layer.mark_dirty()
        v.surface, v.c, v.k = self.old
        c = v.c
        c.save()
        c.identity_matrix()
        c.scale(d, d)
        if self.operator is not None:
            c.set_operator(self.operator)
        c.set_source_surface(layer)
        c.get_source().set_filter(cairo.FILTER_BILINEAR)
        c.paint_with_alpha(self.alpha)
        c.restore()


# --- people: no faces, true proportions ---------------------------------------

def walker(v, x, y, s, coat, legs, hair, stride=.5, bag=None, long=False, bun=False, shadow=None, lean=0, skirt=False,
           flip=1, stick=False, light=-1):
    """A person seen from behind, walking away; feet at (x, y), height s."""
    c = v.c
    c.save()
    c.translate(x, y)
    c.scale(s * flip, s)
    c.rotate(lean)
    hem = -.36 if long else -.46
    k = stride
    shoe = mix(legs, INK, .6)
    # far leg (lifted), near leg
    v.spline([(-.075, hem), (-.085, -.25), (-.075, -.06 * k - .03), (-.045, -.035 - .06 * k), (-.02, -.06 * k - .03), (-.012, -.25), (-.005, hem)])
    v.fill(mix(legs, INK, .25))
    v.spline([(-.078, -.055 - .06 * k), (-.08, -.02 - .03 * k), (-.05, -.0 - .04 * k), (-.02, -.02 - .03 * k), (-.02, -.06 - .06 * k)])
    v.fill(shoe)
    v.spline([(.004, hem), (.012, -.25), (.018, -.06), (.03, -.02), (.07, -.02), (.078, -.06), (.086, -.25), (.08, hem)])
    v.fill(legs)
    v.spline([(.02, -.06), (.014, -.012), (.045, .006), (.084, -.012), (.078, -.06)])
    v.fill(shoe)
    # arms
    for side in (-1, 1):
        sw = .02 * k * side
        v.spline([(side * .095, -.80), (side * .142, -.77), (side * .158, -.66), (side * .162 + sw, -.52),
                  (side * .158 + sw, -.455), (side * .128 + sw, -.45), (side * .122 + sw, -.53), (side * .11, -.66)])
        v.fill(mix(coat, INK, .22 if side == -light else .08))
        v.ellipse(side * .143 + sw, -.437, .021, .028)
        v.fill(SKIN2)
    if stick:
        v.line([(.175, -.44), (.19, 0)], BARK, .012)
    # coat
    w = .125 if long else .112
    v.spline([(-.04, -.842), (-.105, -.812), (-.128, -.74), (-.108, -.60), (-w, hem - .04), (-w * .93, hem - .004),
              (-w * .5, hem + .004), (w * .5, hem + .004), (w * .93, hem - .004), (w, hem - .04), (.108, -.60), (.128, -.74), (.105, -.812), (.04, -.842)])
    v.fill(coat, keep=True)
    v.shade(-.13 * -light, -.6, .13 * -light, -.55, mix(coat, INK, .7), 0, .75)
    v.line([(0, hem - .01), (-.003, hem - .11)], mix(coat, INK, .35), .006)
    # neck, head, hair
    v.box(-.026, -.885, .052, .06, .02)
    v.fill(SKIN2)
    v.ellipse(-.058, -.92, .012, .018)
    v.fill(SKIN)
    v.ellipse(.058, -.92, .012, .018)
    v.fill(SKIN)
    v.spline([(-.06, -.93), (-.055, -.975), (0, -1.0), (.055, -.975), (.06, -.93), (.048, -.878), (0, -.862), (-.048, -.878)])
    v.fill(hair, keep=True)
    v.shade(light * -.05, -.95, light * .06, -.9, mix(hair, SAND, .6), 0, .45)
    if bun:
        v.ellipse(0, -.995, .032, .027)
        v.fill(mix(hair, INK, .2))
    v.spline([(-.052, -.84), (-.03, -.872), (.03, -.872), (.052, -.84), (0, -.826)])
    v.fill(mix(coat, CREAM, .22))
    if bag:
        v.line([(-.08, -.83), (.1, -.55)], mix(bag, INK, .3), .014)
        v.box(.075, -.58, .085, .11, .02)
        v.fill(bag)
    c.restore()


def sitter_back(v, x, y, s, top, hair, tilt=0.0, long_hair=False, bald=False, scarf=None):
    """Head and shoulders seen from behind, down to the seat; (x, y) the middle of the seat, s sitting height."""
    c = v.c
    c.save()
    c.translate(x, y)
    c.scale(s, s)
    v.spline([(-.13, -.62), (-.26, -.56), (-.32, -.40), (-.33, -.15), (-.30, .04), (.30, .04), (.33, -.15), (.32, -.40), (.26, -.56), (.13, -.62)])
    v.solid(top, a1=.7, down=(-.7, .7))
    c.rotate(tilt)
    v.box(-.06, -.72, .12, .14, .04)
    v.fill(SKIN2)
    if scarf:
        v.spline([(-.14, -.62), (-.1, -.68), (0, -.66), (.1, -.68), (.14, -.62), (.08, -.57), (-.08, -.57)])
        v.fill(scarf)
    for e in (-1, 1):
        v.ellipse(e * .135, -.80, .025, .04)
        v.fill(SKIN)
    pts = [(-.14, -.82), (-.125, -.94), (0, -1.0), (.125, -.94), (.14, -.82), (.105, -.70), (0, -.67), (-.105, -.70)]
    if long_hair:
        pts = [(-.15, -.82), (-.125, -.95), (0, -1.0), (.125, -.95), (.15, -.82), (.16, -.62), (.10, -.50), (0, -.48), (-.10, -.50), (-.16, -.62)]
    v.spline(pts)
    v.solid(hair, a1=.6, down=(-.7, .6))
    c.restore()



def limb(v, pts, w0, w1, col, dark=None, a1=.45, down=(-.6, .8)):
    """A sleeve, leg or finger: a curve through the points that tapers from w0 to w1."""
    n, out = len(pts), []
    steps = 12
    for i in range(n - 1):
        p0, p1, p2, p3 = pts[max(i - 1, 0)], pts[i], pts[i + 1], pts[min(i + 2, n - 1)]
        for q in range(steps + (i == n - 2)):
            t = q / steps
            out.append(tuple(.5 * (2 * b + (d - a) * t + (2 * a - 5 * b + 4 * d - e) * t * t + (3 * b - a - 3 * d + e) * t ** 3)
                             for a, b, d, e in zip(p0, p1, p2, p3)))
    left, right = [], []
    for i, (x, y) in enumerate(out):
        x0, y0 = out[max(i - 1, 0)]
        x1, y1 = out[min(i + 1, len(out) - 1)]
        a = math.atan2(y1 - y0, x1 - x0)
        w = (w0 + (w1 - w0) * i / (len(out) - 1)) / 2
        left.append((x - math.sin(a) * w, y + math.cos(a) * w))
        right.append((x + math.sin(a) * w, y - math.cos(a) * w))
    v.c.new_path()
    for q in left:
        v.c.line_to(*q)
    a = math.atan2(out[-1][1] - out[-2][1], out[-1][0] - out[-2][0])
    v.c.arc_negative(*out[-1], w1 / 2, a + math.pi / 2, a - math.pi / 2)
    for q in right[::-1]:
        v.c.line_to(*q)
    a = math.atan2(out[1][1] - out[0][1], out[1][0] - out[0][0])
    v.c.arc_negative(*out[0], w0 / 2, a - math.pi / 2, a - math.pi * 1.5)
    v.c.close_path()
    v.solid(col, dark, a1, down)


def head_side(v, x, y, s, hair, flip=1, style='short', skin=SKIN, tilt=0.0, light=1):
    """A head in profile looking right (flip -1: left), s its height, no features."""
    c = v.c
    c.save()
    c.translate(x, y)
    c.scale(s * flip, s)
    c.rotate(tilt)
    if style == 'long':
        v.spline([(.2, -.52), (-.1, -.6), (-.42, -.42), (-.52, 0), (-.5, .5), (-.42, .86), (-.05, .84), (-.02, .4), (.05, 0)])
        v.solid(mix(hair, INK, .25), a1=.5, down=(-1, .3))
    v.spline([(-.1, -.48), (.16, -.47), (.335, -.28), (.35, -.10), (.43, .06), (.365, .12), (.36, .24), (.31, .41), (.10, .46), (-.16, .34), (-.36, .0), (-.34, -.3)])
    v.fill(skin, keep=True)
    v.shade(.35 * light, -.1, -.3 * light, .45, mix(skin, RUST, .75), 0, .6)
    v.ellipse(-.07, .07, .062, .10)
    v.fill(mix(skin, RUST, .3))
    if style == 'cap':
        v.spline([(.35, -.24), (.24, -.50), (-.05, -.60), (-.36, -.46), (-.47, -.12), (-.40, .12), (-.22, .02), (0, -.14), (.2, -.2)])
    else:
        v.spline([(.33, -.30), (.22, -.50), (-.05, -.585), (-.34, -.47), (-.475, -.15), (-.43, .18), (-.27, .38), (-.15, .22), (-.10, -.02), (.04, -.14), (.17, -.27)])
    v.fill(hair, keep=True)
    v.shade(-.1 * light, -.3, .3 * light, -.6, mix(hair, SAND, .55), 0, .55)
    if style == 'bun':
        v.ellipse(-.50, -.27, .19, .18)
        v.solid(mix(hair, INK, .15), a1=.5)
    c.restore()


def mug(v, x, y, s, col, steam=0, handle=1, steamcol=WHITE):
    v.c.new_path()
    v.c.arc(x + handle * s * .5, y - s * .48, s * .25, 0, TAU)
    v.stroke(mix(col, INK, .15), s * .11)
    v.spline([(x - s * .5, y - s), (x - s * .5, y - s * .35), (x - s * .36, y), (x + s * .36, y), (x + s * .5, y - s * .35), (x + s * .5, y - s)], tension=.35)
    v.solid(col, a1=.5, down=(.9, .3))
    v.ellipse(x, y - s, s * .5, s * .10)
    v.fill(mix(col, INK, .3))
    v.ellipse(x, y - s * .985, s * .44, s * .075)
    v.fill(rgb('6b3f2a'))
    if steam:
        with v.soft(s * .05, .6):
            for k in (-1, 1, 0):
                px = x + k * s * .2
                v.line([(px, y - s * 1.1), (px + s * .12, y - s * (1.3 + .1 * steam)), (px - s * .1, y - s * (1.5 + .25 * steam)), (px + s * .06, y - s * (1.65 + .45 * steam))],
                       steamcol, s * .07, .55)


def mirror(v, level, alpha=.9, blur=2.0, squash=1.0):
    """What stands above `level` seen again in still water below it."""
    v.surface.flush()
    copy = cairo.ImageSurface(cairo.FORMAT_ARGB32, v.pw, v.ph)
    cc = cairo.Context(copy)
    cc.set_source_surface(v.surface)
    cc.paint()
    with v.soft(blur, alpha):
        v.c.save()
        v.c.rectangle(-5, level, v.w + 10, v.h)
        v.c.clip()
        v.c.translate(0, level * (1 + squash))
        v.c.scale(1 / (v.pw / v.w), -squash / (v.ph / v.h))
        v.c.set_source_surface(copy)
        v.c.paint()
        v.c.restore()


def ripples(v, level, seed, n, cols, a=.35, x0=0, x1=1000):
    r = random.Random(seed)
    for _ in range(n):
        t = r.random() ** 1.4
        y = level + 3 + t * (v.h - level)
        w = (10 + 90 * t) * r.uniform(.4, 1.2)
        x = r.uniform(x0, x1)
        v.ellipse(x, y, w, .5 + 1.6 * t)
        v.fill(cols[r.randrange(len(cols))], a * r.uniform(.3, 1))


# --- the pictures -----------------------------------------------------------

@picture(2600, 3650, quality=88, grain=2.1)
def okladka(v):
    h = v.h
    v.sky((0, rgb('0b1c2c')), (.16, rgb('0f3347')), (.27, rgb('1d5c69')), (.36, rgb('6f9a95')), (.425, rgb('e9b98a')), (.47, rgb('f6dcb4')), (1, rgb('f6dcb4')))
    r = random.Random(11)
    for _ in range(46):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, .26) * h, r.uniform(.5, 1.25))
        v.fill(CREAM, r.uniform(.15, .5))
    sx, sy = 648, .432 * h
    v.glow(sx, sy, 620, rgb('f7a860'), .75, ry=330)
    v.glow(sx, sy, 250, rgb('ffe9c4'), .95)
    v.ellipse(sx, sy, 58)
    v.fill(rgb('fff4dc'))
    with v.soft(9, .55):
        for x, y, w, t in ((180, .335, 260, 7), (760, .315, 340, 8), (420, .37, 300, 6), (930, .385, 230, 6), (90, .40, 200, 5)):
            v.ellipse(x, y * h, w, t)
            v.fill(rgb('f3b88a'), .6)
    v.ridge(.448 * h, 26, 3, 210, rgb('b99a86'), rgb('e7c6a0'), 60)
    v.mist(.468 * h, 34, rgb('fbe6c6'), .55, 2)
    v.ridge(.470 * h, 30, 8, 190, rgb('7f9690'), rgb('d9c4a4'), 75, trees=9, treecol=rgb('7c928d'))
    v.mist(.492 * h, 36, rgb('f6e0c0'), .55, 4)
    v.ridge(.497 * h, 30, 21, 170, rgb('3f7a7c'), rgb('b9b9a2'), 95, trees=17, treecol=rgb('3d7577'))
    v.mist(.525 * h, 42, rgb('efdcc0'), .55, 7)
    v.ridge(.530 * h, 32, 33, 230, rgb('1f5f66'), rgb('7e9f97'), 110, trees=30, treecol=rgb('1f5a62'),
            shape=lambda x: -44 * math.exp(-((x - 120) / 190) ** 2))
    v.mist(.566 * h, 48, rgb('e3d6bd'), .5, 9)
    # the road far away, with its lamps
    for pts, width, lamps in (([(612, .585), (640, .571), (596, .560), (566, .549), (590, .539), (603, .534)], 5, (1, 3, 5)),
                              ([(640, .519), (668, .512), (650, .505), (664, .499)], 2.6, (1, 3)),
                              ([(676, .4835), (690, .479), (684, .4745)], 1.5, (2,))):
        pts = [(x, y * h) for x, y in pts]
        v.line(pts, rgb('fbe6c4'), width, .8)
        for i in lamps:
            x, y = pts[i]
            v.glow(x + 6, y - 9, 17 + width * 3, rgb('ffb765'), .75)
            v.ellipse(x + 6, y - 9, .9 + width * .33)
            v.fill(rgb('fff2d6'))
    # the near slope and its road
    y0 = .578 * h
    v.ridge(y0, 12, 44, 330, rgb('2f7273'), rgb('0d2b38'), .2 * h, octaves=3, shape=lambda x: 26 * ((x - 560) / 500) ** 2)
    v.linear(0, y0, 0, h, (0, rgb('0b2431'), 0), (.35, rgb('0c2735'), .8), (1, rgb('081824'), 1))
    v.c.rectangle(0, y0, 1000, h)
    v.c.fill()
    with v.soft(26, .5):                      # the sun's light lying on the grass, folds of the slope
        r = random.Random(5)
        for _ in range(26):
            t = r.random() ** 1.5
            v.ellipse(r.uniform(0, 1000), y0 + 30 + t * .34 * h, r.uniform(120, 260), 5 + 26 * t, -.06)
            v.fill(rgb('3f8a86') if r.random() < .5 else rgb('0a2531'), .30 * (1 - t))

    def road(t):
        y = y0 + 6 + (h - y0) * t
        w = 6 + 300 * t ** 1.3
        x = 585 + 250 * t ** .66 * math.sin(2.9 * math.log(t + .05) + 3.6) - 40 * t
        return x, y, w
    ts = [i / 400 * 1.06 for i in range(401)]
    left = [(road(t)[0] - road(t)[2] / 2, road(t)[1]) for t in ts]
    right = [(road(t)[0] + road(t)[2] / 2, road(t)[1]) for t in ts]
    v.poly(left + right[::-1])
    v.linear(0, y0, 0, h, (0, rgb('fbe3bc')), (.10, rgb('efc998')), (.22, rgb('a39c80')), (.36, rgb('3c646a')), (.62, rgb('164250')), (1, rgb('0d2a38')))
    v.c.fill()
    for pts in (left, right):
        v.poly(pts, close=False)
        v.linear(0, y0, 0, h, (0, rgb('fff3d8'), .9), (.3, rgb('7fa39a'), .5), (.6, rgb('235763'), .4), (1, rgb('123845'), 0))
        v.stroke(None, 1.6)
    # tree on the left, grass
    tips = []
    v.branches(112, .610 * h, 62, -1.50, 15, 18, rgb('0b2a36'), depth=7, spread=.46, tips=tips)
    v.leaves(tips, 3, [rgb('0c2f3b'), rgb('0f3a45'), rgb('175058'), rgb('2a6a69'), rgb('5c7a66'), rgb('c58f60'), rgb('e8b07a')], 3.7, n=8, scatter=1.9, light=(.75, -.55))
    r = random.Random(12)
    for i in range(900):
        t = r.random() ** 1.7
        x, y, s = r.uniform(0, 1000), y0 + 30 + t * .16 * h, 9 + 30 * t
        rx, _, rw = road(max((y - y0 - 6) / (h - y0), 0.001))
        if abs(x - rx) < rw / 2 + s * .4:
            continue
        v.line([(x, y), (x + s * .1, y - s * .5), (x + s * r.uniform(.1, .5), y - s)],
               mix(mix(rgb('3f8580'), rgb('d9a873'), r.random() ** 3), rgb('0b2733'), min(1, t * 1.05)), .7 + t, .55)
    for t, side in ((.010, 1), (.028, -1), (.058, 1), (.098, -1), (.235, 1)):
        x, y, w = road(t)
        x += side * (w / 2 + 6 + 40 * t)
        s = 22 + 380 * t
        v.glow(x, y, 22 + 170 * t, rgb('ffb968'), .40, ry=5 + 34 * t)
        v.line([(x, y), (x, y - s)], rgb('0a2230'), 1 + 6 * t)
        v.glow(x, y - s, 30 + 230 * t, rgb('ffb968'), .8 if t < .2 else .6)
        v.box(x - 1.5 - 9 * t, y - s - 2 - 14 * t, 3 + 18 * t, 4 + 26 * t, 2 + 6 * t)
        v.fill(rgb('fff0cf'))
    # two people on their way
    x, y, w = road(.165)
    with v.soft(3.5, .5):
        v.poly([(x - 26, y), (x + 30, y), (x + 2, y + 118), (x - 70, y + 118)])
        v.fill(INK, .8)
    walker(v, x - 19, y, 118, rgb('0f6066'), rgb('0d2431'), rgb('2a1d1e'), stride=.9, long=True, light=1, bun=True)
    walker(v, x + 21, y + 2, 124, rgb('cf5128'), rgb('15293a'), rgb('6b615a'), stride=.6, flip=-1, light=-1)
    v.glow(x + 10, y - 70, 120, rgb('ffd9a0'), .16)
    v.birds([(430, .30 * h, 10, -.1), (462, .308 * h, 8, .05), (405, .313 * h, 7, -.2), (494, .296 * h, 7, .1), (520, .312 * h, 6, 0)], rgb('0f2f3d'), .75)
    # rest for the headline
    v.linear(0, .66 * h, 0, h, (0, INK, 0), (.4, INK, .34), (1, INK, .5))
    v.c.rectangle(0, .66 * h, 1000, h)
    v.c.fill()


@picture(2560, 1560)
def korytarz(v):
    h, c = v.h, v.c
    vx, vy = 560, 268                                  # where all lines meet
    ex0, ey0, ex1, ey1 = 412, 176, 740, 352            # the end wall

    def at(x, y, t):                                   # from the picture's edge (t=0) to the end wall (t=1)
        k = 1 / (1 + t * 4.55)
        return vx + (x - vx) * k, vy + (y - vy) * k
    L, R, T, B = -259, 1559, -242, 735                 # the section of the corridor at t = 0
    # ceiling, floor, walls
    v.poly([at(L, T, -.1), at(R, T, -.1), at(R, T, 1), at(L, T, 1)])
    v.linear(0, 0, 0, 180, (0, rgb('5f8a88')), (1, rgb('e8dcc2')))
    v.fill()
    v.poly([at(L, B, -.1), at(R, B, -.1), at(R, B, 1), at(L, B, 1)])
    v.linear(0, ey1, 0, h, (0, rgb('fbe9cb')), (.25, rgb('d9bf98')), (1, rgb('7d9a92')))
    v.fill()
    v.poly([at(L, T, -.1), at(L, T, 1), at(L, B, 1), at(L, B, -.1)])
    v.linear(0, 0, ex0, 0, (0, rgb('2f7377')), (1, rgb('cfd0bb')))
    v.fill()
    v.poly([at(R, T, -.1), at(R, T, 1), at(R, B, 1), at(R, B, -.1)])
    v.linear(1000, 0, ex1, 0, (0, rgb('c9a77b')), (.55, rgb('efd9b4')), (1, rgb('fbeed6')))
    v.fill()
    # a band of colour on the right wall to lead the way, a handrail
    for y0, y1, col, a in ((330, 352, TEAL, .75), (352, 356, ORANGE, .8)):
        v.poly([at(R, y0, -.1), at(R, y0, 1), at(R, y1, 1), at(R, y1, -.1)])
        v.fill(col, a)
    # end wall: one great window, hills and sun outside
    v.box(ex0 - 2, ey0 - 2, ex1 - ex0 + 4, ey1 - ey0 + 4)
    v.fill(rgb('f1e2c6'))
    c.save()
    v.box(ex0 + 16, ey0 + 14, ex1 - ex0 - 32, 136)
    c.clip()
    v.linear(0, ey0, 0, ey1 - 20, (0, rgb('ffe9c0')), (1, rgb('fff7e6')))
    c.paint()
    v.glow(585, 250, 90, WHITE, 1)
    for y, col, seed in ((288, rgb('d7cdb0'), 1), (300, rgb('a9bfae'), 2), (315, rgb('7fa89f'), 5)):
        n = Noise(seed, 2)
        v.poly([(390, 360)] + [(x, y + 14 * n(x / 110)) for x in range(390, 770, 4)] + [(770, 360)])
        v.fill(col)
    c.restore()
    for x in (470, 530, 622, 682):
        v.box(x - 1.6, ey0 + 14, 3.2, 136)
        v.fill(rgb('e5d2b0'))
    v.box(ex0 + 16, 228, ex1 - ex0 - 32, 2.6)
    v.fill(rgb('e5d2b0'))
    # windows on the left wall
    spans = ((.015, .105), (.15, .27), (.34, .50), (.58, .78))
    for t0, t1 in spans:
        q = [at(L, -130, t0), at(L, -130, t1), at(L, 380, t1), at(L, 380, t0)]
        v.poly(q)
        v.linear(0, q[0][1], 0, q[3][1], (0, rgb('ffedc9')), (.6, rgb('fff8ea')), (1, rgb('dbe6d6')))
        v.fill(keep=True)
        c.save()
        c.clip()
        n = Noise(int(t0 * 1000), 3)
        xs = [q[0][0] + (q[1][0] - q[0][0]) * i / 40 for i in range(-1, 43)]
        yb = (q[2][1] + q[3][1]) / 2
        hh = abs(q[3][1] - q[0][1])
        v.poly([(x, yb - hh * .30 + n(x / (hh * .45)) * hh * .10) for x in xs] + [(xs[-1], yb + hh), (xs[0], yb + hh)])
        v.fill(rgb('a8c2ae'), .75)
        v.poly([(x, yb - hh * .16 + n(x / (hh * .3) + 9) * hh * .07) for x in xs] + [(xs[-1], yb + hh), (xs[0], yb + hh)])
        v.fill(rgb('6d9b8d'), .8)
        c.restore()
        tm = (t0 + t1) / 2 - (t1 - t0) * .06
        v.poly([at(L, -130, tm), at(L, 380, tm)], False)
        v.stroke(rgb('f4e6cb'), 7 / (1 + tm * 4.55))
        v.poly([at(L, 60, t0), at(L, 60, t1)], False)
        v.stroke(rgb('f4e6cb'), 5 / (1 + tm * 4.55))
        v.poly(q)
        v.stroke(rgb('e9dcc0'), 9 / (1 + tm * 4.55))
        v.poly([at(L, 384, t0 - .004), at(L, 384, t1 + .01), at(L + 40, 398, t1 + .01), at(L + 40, 398, t0 - .004)])
        v.fill(rgb('e9dcc0'))
    # doors on the right wall
    for t0, t1, col in ((.055, .125, rgb('2a6a6d')), (.235, .335, rgb('c86a3c')), (.47, .60, rgb('2a6a6d')), (.74, .88, rgb('c86a3c'))):
        v.poly([at(R, -70, t0), at(R, -70, t1), at(R, B, t1), at(R, B, t0)])
        v.solid(col, a1=.55, down=(.7, .4))
        v.poly([at(R, 0, t0 + (t1 - t0) * .35), at(R, 0, t1 - (t1 - t0) * .32), at(R, 210, t1 - (t1 - t0) * .32), at(R, 210, t0 + (t1 - t0) * .35)])
        v.fill(rgb('fbe6bf'), .85)
        v.poly([at(R, -70, t0), at(R, -70, t1), at(R, B, t1), at(R, B, t0)])
        v.stroke(rgb('f7e8cb'), 8 / (1 + t0 * 4.55))
        x, y = at(R, 360, t1 - (t1 - t0) * .14)
        v.ellipse(x, y, 7 / (1 + t0 * 4.55))
        v.fill(GOLD)
    # light from the windows over floor and wall
    with v.soft(4.5, .62):
        for t0, t1 in spans:
            v.poly([at(L + 330, B, t0 + .012), at(L + 330, B, t1 + .02), at(R - 480, B, t1 + .10), at(R - 480, B, t0 + .075)])
            v.fill(rgb('fff3d4'), .85)
    with v.soft(14, .35):
        for t0, t1 in spans:
            v.poly([at(L, -130, t0), at(L, -130, t1), at(R - 480, B, t1 + .1), at(R - 480, B, t0 + .075), at(L + 330, B, t0)])
            v.fill(rgb('fff0cc'), .4)
    # lamps under the ceiling
    for t in (.03, .14, .30, .52, .80):
        a, b = at(vx - 110, T + 6, t), at(vx + 110, T + 6, t + .03)
        a2, b2 = at(vx + 110, T + 6, t), at(vx - 110, T + 6, t + .03)
        v.poly([a, a2, b, b2])
        v.fill(rgb('fff6e0'), .75)
    # shine of the end window on the floor
    with v.soft(10, .7):
        v.poly([(ex0 + 20, ey1), (ex1 - 20, ey1), (720, h), (430, h)])
        v.linear(0, ey1, 0, h, (0, rgb('fffaf0'), .9), (.5, rgb('fff0d2'), .35), (1, rgb('fff0d2'), 0))
        v.fill()
    # two people; shadows come toward us
    fx, fy = 532, 523
    with v.soft(6, .5):
        for dx, w in ((-60, 34), (62, 36)):
            v.poly([(fx + dx - w, fy - 2), (fx + dx + w, fy - 2), (fx + dx * 1.9 + w * 1.6, h + 60), (fx + dx * 1.9 - w * 1.7, h + 60)])
            v.linear(0, fy, 0, h, (0, rgb('24484d'), .95), (1, rgb('24484d'), .25))
            v.fill()
    walker(v, fx - 60, fy, 308, rgb('0f6b70'), rgb('1c3446'), rgb('3a2523'), stride=.9, long=True, bun=True, light=1, bag=rgb('e2a35a'))
    walker(v, fx + 62, fy + 3, 326, rgb('d4562a'), rgb('2c3f4c'), rgb('a79d94'), stride=.55, flip=-1, light=-1, lean=.008)
    v.glow(fx, 300, 330, rgb('fff1d0'), .20)
    # a plant near us, out of the light
    r = random.Random(4)
    v.spline([(862, 560), (868, 640), (960, 640), (968, 560)], tension=.2)
    v.solid(rgb('b9532e'), a1=.7, down=(.8, .3))
    for i in range(17):
        a = -math.pi / 2 + (i - 8) * .135 + r.uniform(-.05, .05)
        ln = r.uniform(120, 215) * (1 - abs(i - 8) * .03)
        x0, y0 = 915 + (i - 8) * 3, 566
        x1, y1 = x0 + math.cos(a) * ln, y0 + math.sin(a) * ln
        nx, ny = -math.sin(a), math.cos(a)
        w = r.uniform(10, 17)
        v.spline([(x0, y0), (x0 + (x1 - x0) * .5 + nx * w, y0 + (y1 - y0) * .5 + ny * w), (x1, y1 + 8), (x0 + (x1 - x0) * .5 - nx * w, y0 + (y1 - y0) * .5 - ny * w)], tension=.8)
        v.solid(mix(rgb('1d5a55'), rgb('5f8f6c'), r.random()), a1=.6, down=(.8, .5))
        v.line([(x0, y0), (x0 + (x1 - x0) * .9, y0 + (y1 - y0) * .9)], rgb('a9c39a'), .9, .5, smooth=False)


@picture(2560, 1560)
def lawka(v):
    h, c = v.h, v.c
    v.sky((0, rgb('e9a979')), (.25, rgb('f5cf9d')), (.5, rgb('fbe8c6')), (1, rgb('fbe8c6')))
    v.glow(690, 235, 420, rgb('fff4d6'), .9)
    v.ellipse(690, 232, 34)
    v.fill(rgb('fffaf0'))
    with v.soft(10, .6):
        for x, y, w, t in ((820, 70, 210, 9), (610, 110, 180, 8), (930, 150, 160, 7), (470, 60, 150, 6)):
            v.ellipse(x, y, w, t)
            v.fill(rgb('fff0d2'), .7)
    v.ridge(262, 34, 5, 260, rgb('dcb999'), rgb('f3d7ae'), 60, shape=lambda x: -56 * math.exp(-((x - 880) / 150) ** 2))
    v.mist(300, 30, rgb('fdebc9'), .6, 3)
    v.ridge(305, 30, 9, 210, rgb('bcae95'), rgb('ecd2a8'), 70)
    v.mist(335, 28, rgb('fae5c0'), .55, 4)
    v.ridge(342, 24, 15, 240, rgb('8aa08f'), rgb('dcc79e'), 70, trees=11, treecol=rgb('849a8a'))
    v.mist(372, 26, rgb('f5deb6'), .5, 5)
    v.ridge(380, 20, 27, 260, rgb('55857c'), rgb('a9b08f'), 80, trees=20, treecol=rgb('4f8078'))
    v.mist(414, 30, rgb('efd8b0'), .5, 6)
    # a river in the valley
    v.spline([(1010, 428), (900, 424), (820, 432), (880, 442), (960, 452), (860, 466), (720, 478), (880, 486), (1010, 470)], tension=.6)
    v.linear(700, 0, 1000, 0, (0, rgb('fff2d6')), (1, rgb('efc190')))
    v.fill()
    # our hill
    def hill(x):
        return 486 - 34 * math.exp(-((x - 330) / 330) ** 2) + 20 * ((x - 330) / 670) ** 2
    v.poly([(x, hill(x)) for x in range(-5, 1010, 5)] + [(1010, h + 5), (-5, h + 5)])
    v.linear(0, 450, 0, h, (0, rgb('7d9a66')), (.3, rgb('4f7a5c')), (1, rgb('16454a')))
    v.fill()
    with v.soft(16, .8):
        for x, y, w, t in ((720, 520, 240, 15), (560, 505, 120, 8), (850, 560, 220, 14)):
            v.ellipse(x, y, w, t, .03)
            v.fill(rgb('e6c781'), .6)
        v.poly([(60, 500), (300, 470), (330, 480), (170, 640), (-60, 640)])
        v.fill(rgb('103c42'), .75)
    r = random.Random(3)
    for i in range(1500):
        x, t = r.uniform(-5, 1005), r.random() ** 1.2
        y = hill(x) + 4 + t * 150
        s = 7 + 20 * t
        lit = max(0, math.exp(-((x - 690) / 260) ** 2)) * (1 - t)
        v.line([(x, y), (x + s * .1, y - s * .5), (x + s * r.uniform(.0, .45), y - s)], mix(mix(rgb('3f7358'), rgb('efd08a'), lit * r.random()), rgb('0f3a42'), t * .75), .6 + t * .8, .75)
    # the tree
    tips = []
    v.branches(206, hill(206) + 14, 112, -1.46, 46, 201, rgb('3d2f2e'), depth=8, spread=.50, droop=.03, tips=tips)
    v.spline([(176, 490), (186, 462), (190, 430), (222, 430), (228, 462), (252, 486), (214, 482)])
    v.fill(rgb('3d2f2e'))
    v.leaves(tips, 8, [rgb('173f42'), rgb('1f5450'), rgb('4d6f4d'), rgb('a77a3e'), rgb('d98a3c'), rgb('f0b765')], 6.0, n=5, scatter=2.1, light=(.72, -.42))
    for i in range(26):                               # leaves let go
        x, y = r.uniform(230, 760), r.uniform(250, 520)
        v.ellipse(x, y, 5.2, 2.6, r.uniform(0, TAU))
        v.fill(mix(rgb('d9772f'), rgb('f0b765'), r.random()), .95)
    # the bench and two on it
    bx, by = 470, hill(470) + 22
    with v.soft(5, .55):
        v.poly([(bx - 90, by + 6), (bx + 92, by + 6), (bx + 20, h + 20), (bx - 250, h + 20)])
        v.linear(0, by, 0, h, (0, INK, .9), (1, INK, .15))
        v.fill()
    sitter_back(v, bx - 36, by - 42, 118, rgb('0f6b70'), rgb('7a4a30'), tilt=.10, long_hair=True)
    sitter_back(v, bx + 40, by - 40, 124, rgb('cf5128'), rgb('cfc8bf'), tilt=-.06, scarf=rgb('f0d9a8'))
    wood = rgb('6b4632')
    for i, yy in enumerate((-66, -50, -34)):
        v.box(bx - 100, by + yy - 10, 200, 11, 3)
        v.solid(mix(wood, rgb('c98a4e'), .25 - i * .08), a1=.45)
        v.box(bx - 100, by + yy - 10, 200, 1.8, 1)
        v.fill(rgb('f3c98a'), .7)
    for xx in (-88, 88):
        v.box(bx + xx - 4, by - 80, 8, 92, 3)
        v.fill(rgb('2f3436'))
    v.box(bx - 104, by - 16, 208, 8, 3)
    v.fill(mix(wood, INK, .35))
    v.glow(620, 300, 380, rgb('ffe7b4'), .25)
    v.birds([(560, 150, 11, -.1), (590, 160, 9, .1), (532, 164, 8, -.2), (618, 150, 8, 0)], rgb('7a5a48'), .7)
    r = random.Random(9)
    for i in range(150):                              # tall grass nearest to us
        x = r.uniform(-10, 1010)
        s = r.uniform(30, 95) * (1.2 if x > 720 or x < 120 else .62)
        d = s * r.uniform(-.1, .4)
        v.line([(x, h + 6), (x + d * .35, h - s * .5), (x + d, h - s)], mix(rgb('0d333b'), rgb('2c5d55'), r.random()), r.uniform(1.2, 2.6))
        if r.random() < .3:
            v.ellipse(x + d, h - s - 3, 2.2, 6.5, .3)
            v.fill(mix(rgb('c98a4e'), rgb('efd08a'), r.random()))


@picture(2560, 1560)
def pokoj(v):
    h = v.h
    fl = 486
    v.linear(0, 0, 1000, 120, (0, rgb('1d4c57')), (.5, rgb('2f6a6b')), (1, rgb('7a7f68')))
    v.c.paint()
    # the window and the evening in it
    wx, wy, ww, wh = 96, 64, 250, 300
    v.c.save()
    v.box(wx, wy, ww, wh)
    v.c.clip()
    v.linear(0, wy, 0, wy + wh, (0, rgb('24566a')), (.45, rgb('e79f72')), (.72, rgb('fbd9a0')), (1, rgb('fbe7c0')))
    v.c.paint()
    v.glow(210, 290, 150, rgb('fff0c8'), .9)
    for y, col, seed, tr in ((292, rgb('b98d78'), 4, 0), (310, rgb('6d7d78'), 8, 16), (334, rgb('2c5a60'), 14, 30)):
        n = Noise(seed, 3)
        if tr:
            r = random.Random(seed)
            for k in range(26):
                x = r.uniform(90, 360)
                v.spruce(x, y + 12 * n(x / 80) + 3, tr * r.uniform(.5, 1.1), col)
        v.poly([(90, 400)] + [(x, y + 12 * n(x / 80)) for x in range(90, 352, 4)] + [(352, 400)])
        v.fill(col)
    v.c.restore()
    for x in (wx - 6, wx + ww / 2 - 3, wx + ww):
        v.box(x, wy - 6, 6, wh + 12)
        v.fill(rgb('e9d7b3'))
    for y in (wy - 6, wy + 104, wy + wh):
        v.box(wx - 6, y, ww + 12, 5)
        v.fill(rgb('e9d7b3'))
    v.box(wx - 22, wy + wh + 4, ww + 44, 11, 2)
    v.solid(rgb('efe0bf'), a1=.3)
    # curtain
    v.line([(40, 44), (420, 44)], rgb('c98a4e'), 5, smooth=False)
    for x0, w, sgn in ((52, 64, 1), (330, 70, -1)):
        for i in range(5):
            xx = x0 + w * i / 5
            v.spline([(xx, 46), (xx + w / 5 + 3, 46), (xx + w / 5 + 4 - 2 * sgn, 280), (xx + w / 5 + 2, fl - 14), (xx - 1, fl - 12), (xx - 2 * sgn, 280)], tension=.4)
            v.solid(mix(rgb('d9b98b'), rgb('b9794f'), (i % 2) * .35 + .1), a1=.5, down=(1, .2))
    # floor, rug
    v.linear(0, fl, 0, h, (0, rgb('8a5f43')), (1, rgb('4d3a38')))
    v.c.rectangle(0, fl, 1000, h)
    v.fill()
    v.box(0, fl - 12, 1000, 12)
    v.fill(rgb('e3cda4'), .75)
    v.ellipse(500, 556, 340, 40)
    v.fill(rgb('c86a3c'))
    v.ellipse(500, 556, 322, 35)
    v.stroke(rgb('f0d4a0'), 2.2)
    v.ellipse(500, 556, 250, 26)
    v.stroke(rgb('f0d4a0'), 1.2)
    with v.soft(12, .8):
        v.poly([(130, h), (300, fl), (520, fl), (470, h)])
        v.fill(rgb('ffd49a'), .30)
    # lamp and what it lights
    v.glow(846, 205, 470, rgb('ffd08a'), .62)
    v.line([(846, 250), (846, 540)], rgb('2a3536'), 5)
    v.spline([(808, 545), (846, 532), (884, 545)], tension=.5)
    v.fill(rgb('2a3536'))
    v.poly([(812, 150), (880, 150), (908, 250), (784, 250)])
    v.linear(0, 150, 0, 250, (0, rgb('f4b968')), (1, rgb('fff1cc')))
    v.fill()
    # pictures on the wall, shelf
    for x, y, w, hh, a, b in ((500, 92, 78, 98, rgb('0f6b70'), rgb('e9b27c')), (596, 118, 58, 72, rgb('c86a3c'), rgb('f3dcb0'))):
        v.box(x - 6, y - 6, w + 12, hh + 12)
        v.fill(rgb('efe0c0'))
        v.box(x, y, w, hh)
        v.linear(0, y, 0, y + hh, (0, b), (1, mix(b, a, .5)))
        v.fill()
        v.c.save()
        v.box(x, y, w, hh)
        v.c.clip()
        v.ellipse(x + w * .66, y + hh * .36, w * .13)
        v.fill(CREAM)
        v.ellipse(x + w * .2, y + hh * 1.02, w * .7, hh * .42)
        v.fill(a)
        v.ellipse(x + w * .95, y + hh * 1.08, w * .55, hh * .36)
        v.fill(mix(a, INK, .4))
        v.c.restore()
    # armchair
    with v.soft(8, .6):
        v.ellipse(640, 556, 170, 17)
        v.fill(INK, .8)
        v.ellipse(380, 560, 100, 12)
        v.fill(INK, .7)
    for x in (572, 746):
        v.poly([(x - 6, 520), (x + 6, 520), (x + 2, 556), (x - 3, 556)])
        v.fill(rgb('3a2a26'))
    v.spline([(646, 240), (680, 196), (742, 196), (772, 240), (776, 400), (768, 512), (640, 512), (636, 380)])
    v.solid(rgb('2b7f80'), a1=.75, down=(-.9, .5))
    v.spline([(548, 444), (552, 524), (660, 532), (770, 526), (772, 440), (660, 430)], tension=.35)
    v.solid(rgb('24706f'), a1=.6)
    # the old woman: far arm, body, blanket
    limb(v, [(650, 312), (622, 372), (566, 372), (528, 358)], 40, 24, mix(rgb('b9869a'), INK, .3))
    v.spline([(612, 306), (640, 282), (690, 300), (712, 370), (708, 452), (612, 456), (600, 380)])
    v.solid(rgb('c795a3'), a1=.6, down=(.8, .4))
    v.box(624, 258, 36, 44, 12)
    v.fill(SKIN2)
    head_side(v, 634, 236, 84, GREYHAIR, flip=-1, style='bun', tilt=-.06)
    v.spline([(606, 300), (640, 282), (676, 296), (664, 316), (630, 322)])
    v.solid(rgb('f1e2c4'), a1=.4)
    v.spline([(712, 424), (640, 408), (556, 408), (508, 424), (498, 470), (496, 532), (560, 545), (588, 490), (700, 480)], tension=.45)
    v.solid(rgb('d9672f'), a1=.65, down=(.3, .9))
    v.c.save()
    v.spline([(712, 424), (640, 408), (556, 408), (508, 424), (498, 470), (496, 532), (560, 545), (588, 490), (700, 480)], tension=.45)
    v.c.clip()
    for k in range(8):
        x = 500 + k * 29
        v.line([(x + 16, 400), (x, 470), (x - 6, 550)], rgb('f6d9a0'), 1.8, .6)
    for y in (428, 452, 480, 512):
        v.line([(480, y + 6), (560, y - 4), (720, y)], rgb('f6d9a0'), 1.8, .6)
    v.c.restore()
    v.spline([(512, 540), (496, 548), (480, 558), (556, 559), (560, 543)], tension=.4)
    v.fill(rgb('5a3f3a'))
    # chair arm before her
    v.spline([(566, 398), (600, 386), (742, 388), (766, 404), (762, 430), (600, 432), (566, 422)], tension=.5)
    v.solid(rgb('37908d'), a1=.6)
    limb(v, [(668, 318), (676, 376), (622, 388), (560, 370), (532, 354)], 46, 24, rgb('cf9fab'), down=(.4, .8))
    # the carer on a stool
    for x in (338, 412):
        v.line([(x + (375 - x) * .2, 470), (x, 560)], rgb('6b4632'), 7)
    v.box(322, 458, 108, 15, 6)
    v.solid(rgb('8a5a3c'), a1=.5)
    limb(v, [(386, 452), (440, 446), (482, 452), (476, 510), (470, 548)], 56, 30, rgb('1c3446'))
    v.spline([(452, 540), (486, 538), (514, 552), (516, 562), (450, 562)], tension=.5)
    v.fill(rgb('f0e4cc'))
    v.spline([(346, 326), (372, 296), (410, 304), (428, 356), (424, 430), (416, 470), (346, 470), (336, 400)])
    v.solid(rgb('f0dfbf'), rgb('b98a62'), a1=.8, down=(-.9, .3))
    limb(v, [(392, 452), (448, 458), (496, 460), (496, 512), (492, 546)], 58, 30, rgb('27475a'))
    v.spline([(474, 540), (508, 538), (536, 552), (538, 562), (472, 562)], tension=.5)
    v.fill(rgb('fbf3e2'))
    v.box(374, 268, 34, 46, 12)
    v.fill(SKIN2)
    head_side(v, 398, 246, 86, rgb('4a2d26'), flip=1, style='long', tilt=.07, light=1)
    limb(v, [(382, 334), (388, 396), (440, 396), (492, 366)], 46, 25, rgb('f6e8cc'), rgb('b98a62'), down=(-.3, .9))
    # the mug between their hands
    mug(v, 513, 374, 34, rgb('fbf3e2'), steam=1, handle=-.01)
    limb(v, [(488, 370), (502, 362), (514, 362)], 19, 13, SKIN)
    limb(v, [(538, 356), (526, 352), (514, 352)], 19, 13, rgb('e0ab8a'))
    # small table under the lamp
    v.ellipse(906, 430, 62, 11)
    v.solid(rgb('a8683f'), a1=.4)
    v.line([(906, 434), (906, 548)], rgb('6b4632'), 7)
    for i, (col, w) in enumerate(((TEAL, 74), (CREAM, 66), (ORANGE, 58))):
        v.box(906 - w / 2, 418 - i * 10, w, 9, 2)
        v.solid(col, a1=.4)
    v.glow(846, 245, 210, rgb('ffdf9f'), .38)
    v.linear(0, 0, 0, h, (0, INK, .28), (.3, INK, 0), (.75, INK, 0), (1, INK, .4))
    v.c.paint()


@picture(2560, 1560)
def fjord(v):
    h, wl = v.h, 356
    v.sky((0, rgb('5d9aa3')), (.18, rgb('9fc4bd')), (.38, rgb('f1dcb8')), (.56, rgb('f9c892')), (1, rgb('f9c892')))
    v.glow(520, 318, 360, rgb('fff0cf'), .95)
    v.glow(520, 330, 110, rgb('fffaf0'), .8)
    with v.soft(9, .7):
        for x, y, w, t in ((250, 60, 200, 9), (720, 44, 260, 10), (480, 110, 210, 7), (900, 120, 160, 7)):
            v.ellipse(x, y, w, t)
            v.fill(rgb('fdeccb'), .55)

    def mountain(seed, base, peak, cx, spread, dark, light, snow=0, wave=90, power=1.0, mist=None):
        n = Noise(seed, 6, .52)
        f = lambda x: base - peak * max(0, 1 - abs((x - cx) / spread) ** power) - n(x / wave) * peak * .17 * max(.12, 1 - abs((x - cx) / spread))
        xs = [x for x in range(-8, 1010, 2)]
        pts = [(x, min(f(x), wl + 2)) for x in xs]
        v.poly(pts + [(1010, wl + 2), (-8, wl + 2)])
        v.linear(0, base - peak, 0, wl, (0, dark), (.55, mix(dark, light, .4)), (1, light))
        v.fill(keep=True)
        v.c.save()
        v.c.clip()
        r = random.Random(seed)
        for _ in range(46):                           # faces turned to the light
            x = cx + r.uniform(-1, 1) * spread
            y = f(x) + r.uniform(0, .12) * peak
            toward = 1 if 520 > x else -1
            ln = r.uniform(.2, .6) * peak
            v.spline([(x, y), (x + toward * ln * .12, y + ln * .35), (x + toward * ln * .34, y + ln), (x + toward * ln * .05, y + ln * .8), (x - toward * ln * .02, y + ln * .4)], tension=.3)
            v.shade(x, y, x, y + ln, mix(light, CREAM, .35), .5, 0)
            ln *= .8
            v.spline([(x, y), (x - toward * ln * .12, y + ln * .35), (x - toward * ln * .30, y + ln), (x - toward * ln * .02, y + ln * .6)], tension=.3)
            v.shade(x, y, x, y + ln, mix(dark, NAVY, .6), .5, 0)
        if snow:
            m = Noise(seed + 9, 5, .6)
            v.poly([(-8, -10)] + [(x, base - peak * (1 - snow) + m(x / 26) * peak * .16 + abs(x - cx) / spread * peak * .06) for x in xs] + [(1010, -10)])
            v.fill(rgb('fdf3e2'), .82)
        v.c.restore()
        if mist:
            v.mist(wl - 12, 34, mist, .55, seed)
    mountain(3, wl, 120, 470, 300, rgb('b9b3a3'), rgb('f3d6ab'), 0, 70)
    mountain(14, wl, 176, 690, 250, rgb('88a3a1'), rgb('e4cba6'), .22, 80, mist=rgb('fbe4bd'))
    mountain(31, wl, 190, 270, 240, rgb('6d9499'), rgb('d2c3a5'), .22, 80, mist=rgb('fbe2ba'))
    mountain(42, wl, 300, 960, 330, rgb('2f6670'), rgb('8fa69b'), .2, 95, 1.1, mist=rgb('f3dbb8'))
    mountain(53, wl, 330, -10, 330, rgb('1f5563'), rgb('7f9f98'), .17, 95, 1.15, mist=rgb('efd9b6'))
    r = random.Random(8)
    for x0, x1, s0, y in ((-10, 330, 26, wl + 1), (690, 1010, 30, wl + 1)):
        for _ in range(190):
            x = r.uniform(x0, x1)
            near = 1 - x / 330 if x < 400 else (x - 690) / 320
            if r.random() > near + .12:
                continue
            lift = r.random() * 46 * near
            v.spruce(x, y - lift, s0 * r.uniform(.5, 1.1), mix(rgb('123f4a'), rgb('3f7476'), lift / 60))
    # the red boathouse and its neighbour
    for x, y, w, hh, col in ((838, wl, 66, 40, rgb('b8412a')), (792, wl, 40, 27, rgb('e3b45e'))):
        v.box(x, y - hh, w, hh)
        v.solid(col, a1=.5, down=(.9, .3))
        for k in range(1, int(w / 6)):
            v.line([(x + k * 6, y - hh), (x + k * 6, y)], INK, .5, .22)
        v.poly([(x - 6, y - hh), (x + w * .5, y - hh - w * .42), (x + w + 6, y - hh)])
        v.solid(rgb('2b3f49'), a1=.4)
        v.poly([(x, y - hh + .5), (x + w * .5, y - hh - w * .34), (x + w, y - hh + .5)])
        v.solid(col, a1=.3, down=(.9, .1))
        v.box(x + w * .34, y - hh * .72, w * .32, hh * .72)
        v.fill(rgb('2a2626'))
        v.box(x + w * .42, y - hh - w * .16, w * .16, w * .13)
        v.fill(rgb('ffe7b0'))
    v.spline([(760, wl + 3), (780, wl - 3), (910, wl - 4), (1010, wl - 8), (1010, wl + 9), (900, wl + 6)], tension=.4)
    v.fill(rgb('35444a'))
    v.mist(wl - 4, 16, rgb('fbe8c6'), .5, 77)
    # water
    v.linear(0, wl, 0, h, (0, rgb('f6cf9c')), (.4, rgb('7fa9a6')), (1, rgb('17505c')))
    v.c.rectangle(-5, wl, 1010, h)
    v.fill()
    mirror(v, wl, .80, 2.2, .92)
    v.linear(0, wl, 0, h, (0, rgb('0f4a55'), 0), (.35, rgb('0f4a55'), .18), (1, rgb('0a2e3b'), .82))
    v.c.rectangle(-5, wl, 1010, h)
    v.fill()
    ripples(v, wl, 3, 190, [rgb('fff0d2'), rgb('bcd8d0'), rgb('0f4450')], .34)
    with v.soft(3, .8):
        r = random.Random(6)
        for _ in range(120):
            t = r.random()
            v.ellipse(520 + r.gauss(0, 12 + 60 * t), wl + 3 + t * 190, 6 + 26 * t * r.random(), .6 + 1.2 * t)
            v.fill(rgb('fff6e0'), .65 * (1 - t))

    def boat(x, y, s, hull, coat, hair, flip=1, cap=False):
        c = v.c
        with v.soft(s * .02, .55):
            v.c.save()
            v.c.translate(x, y)
            v.c.scale(flip, 1)
            v.spline([(-s * .55, 2), (-s * .3, s * .22), (s * .3, s * .2), (s * .56, 2)])
            v.fill(mix(hull, INK, .55), .8)
            v.spline([(-s * .12, s * .05), (-s * .1, s * .5), (s * .08, s * .5), (s * .1, s * .05)])
            v.fill(mix(coat, INK, .45), .55)
            v.c.restore()
        c.save()
        c.translate(x, y)
        c.scale(s * flip, s)
        v.line([(-.02, -.21), (-.42, .06)], rgb('3a2a26'), .018)
        limb(v, [(0, -.10), (.14, -.13), (.22, -.02)], .11, .08, rgb('1c3446'))
        v.spline([(-.09, -.04), (-.12, -.20), (-.07, -.335), (.03, -.345), (.075, -.24), (.06, -.04)])
        v.solid(coat, a1=.6, down=(-.9, .3))
        limb(v, [(-.01, -.30), (.03, -.20), (.13, -.19)], .075, .05, mix(coat, CREAM, .1))
        v.box(-.035, -.385, .055, .06, .02)
        v.fill(SKIN2)
        c.restore()
        head_side(v, x - s * .002 * flip, y - s * .435, s * .165, hair, flip=flip, style='cap' if cap else 'bun')
        c.save()
        c.translate(x, y)
        c.scale(s * flip, s)
        v.line([(.13, -.19), (.40, .075)], rgb('3a2a26'), .016)
        v.line([(.36, .035), (.43, .10)], rgb('3a2a26'), .036)
        v.spline([(-.60, -.115), (-.50, -.045), (0, -.035), (.46, -.05), (.60, -.125), (.50, .045), (.30, .085), (-.30, .085), (-.48, .05)], tension=.5)
        v.solid(hull, a1=.7, down=(0, 1))
        v.line([(-.58, -.105), (-.48, -.045), (0, -.03), (.46, -.045), (.585, -.115)], rgb('fbe3b6'), .018)
        v.line([(-.54, -.02), (0, .02), (.53, -.025)], mix(hull, INK, .3), .008, .8)
        c.restore()
        for k in range(5):
            v.ellipse(x + (k - 2) * s * .22, y + s * (.085 + .03 * (k % 2)), s * .2, s * .006)
            v.fill(rgb('fdebc8'), .5)
    boat(640, 436, 118, rgb('e9d6ae'), rgb('d4562a'), rgb('3a2a2a'), flip=-1)
    boat(368, 500, 168, rgb('b9532e'), rgb('0f6b70'), rgb('f0d9a8'), flip=1, cap=True)
    v.birds([(420, 170, 10, -.1), (450, 160, 8, .1), (476, 172, 7, 0), (396, 182, 6, .1)], rgb('35545c'), .7)


@picture(1300, 2000, quality=86)
def portret(v):
    h, c = v.h, v.c
    v.linear(0, 0, 620, 0, (0, rgb('0e3a46')), (.7, rgb('1b5f66')), (1, rgb('2c7a7a')))
    c.paint()
    # a shelf in the half-dark
    v.box(-10, 420, 250, 12)
    v.fill(rgb('b98a5c'), .8)
    x = 8
    r = random.Random(2)
    for col in (rgb('c86a3c'), rgb('e2c79c'), rgb('8fa68e'), rgb('0f6b70'), rgb('d9b98b'), rgb('9c3a22'), rgb('f0e0c0'), rgb('47717a')):
        w, hh = r.uniform(16, 30), r.uniform(110, 165)
        v.box(x, 420 - hh, w, hh, 2)
        v.solid(mix(col, DEEP, .35), a1=.6, down=(.4, .8))
        x += w + 2
    # the window
    wx = 560
    c.save()
    v.box(wx, 60, 460, 1180)
    c.clip()
    v.linear(0, 60, 0, 1240, (0, rgb('fbe3b4')), (.5, rgb('fff5e0')), (1, rgb('e4ecd6')))
    c.paint()
    v.glow(880, 360, 420, rgb('fffdf4'), .95)
    for y, col, seed, wv in ((700, rgb('cddbc2'), 3, 150), (800, rgb('a4c3ab'), 5, 120), (930, rgb('6f9f8a'), 9, 110)):
        n = Noise(seed, 3)
        v.poly([(540, 1300)] + [(x, y + 50 * n(x / wv)) for x in range(540, 1010, 5)] + [(1010, 1300)])
        v.fill(col)
    tips = []
    v.branches(905, 1120, 190, -1.62, 30, 204, rgb('5a6e5c'), depth=7, spread=.45, tips=tips)
    v.leaves(tips, 4, [rgb('3f7a63'), rgb('6fa07a'), rgb('a9c48d'), rgb('e6d796')], 13, n=5, scatter=1.8, light=(.2, -.9))
    v.grass(1200, 5, [rgb('4f8a6c'), rgb('7fae7e'), rgb('35705f')], n=150, size=120, wave=20)
    c.restore()
    for x, w in ((wx - 20, 26), (776, 16)):
        v.box(x, 40, w, 1220)
        v.solid(rgb('f4e6ca'), rgb('b59b78'), a1=.5, down=(-1, 0))
    for y, hh in ((40, 24), (470, 14), (1236, 26)):
        v.box(wx - 20, y, 480, hh)
        v.solid(rgb('f4e6ca'), rgb('b59b78'), a1=.4)
    v.box(wx - 60, 1258, 520, 30, 4)
    v.solid(rgb('efdcb8'), a1=.35)
    v.linear(0, 1288, 0, h, (0, rgb('164c55')), (1, rgb('0f3742')))
    c.rectangle(wx - 40, 1288, 500, 300)
    v.fill()
    # pot on the sill
    for k in range(9):
        a = -math.pi / 2 + (k - 4) * .26
        ln = 150 - abs(k - 4) * 10
        x1, y1 = 905 + math.cos(a) * ln, 1170 + math.sin(a) * ln
        v.spline([(905, 1172), ((905 + x1) / 2 - math.sin(a) * -18, (1172 + y1) / 2 - 12), (x1, y1), ((905 + x1) / 2 + math.sin(a) * -18, (1172 + y1) / 2 + 14)], tension=.8)
        v.solid(mix(rgb('2b6a5c'), rgb('86ac7c'), (k % 3) / 2), a1=.6)
    v.spline([(850, 1166), (860, 1258), (950, 1258), (960, 1166)], tension=.2)
    v.solid(rgb('d9b184'), a1=.6, down=(-.9, .4))
    # light falling into the room
    with v.soft(26, .5):
        v.poly([(560, 120), (560, 900), (-60, 1538), (-60, 760)])
        v.fill(rgb('ffe7b8'), .30)
    # the woman: back, neck, head, sweater, arms
    sweater, dark = rgb('d9602f'), rgb('6d2418')
    v.spline([(396, 520), (372, 640), (388, 700), (520, 706), (520, 640), (494, 560)], tension=.5)
    v.solid(SKIN2, rgb('7a4030'), a1=.7, down=(-1, .2))
    limb(v, [(500, 800), (560, 1010), (640, 1080), (742, 1010)], 130, 70, mix(sweater, INK, .30))
    v.spline([(360, 640), (276, 690), (216, 800), (190, 980), (206, 1200), (206, 1400), (204, 1600), (220, 1800), (590, 1800), (604, 1600), (606, 1380), (604, 1180), (618, 1000), (606, 840), (556, 730), (510, 655), (440, 690)], tension=.5)
    v.fill(sweater, keep=True)
    v.shade(600, 900, 190, 1000, dark, 0, .95)
    v.spline([(352, 652), (366, 600), (430, 624), (510, 612), (528, 660), (480, 712), (400, 706)], tension=.5)
    v.solid(rgb('e0703e'), dark, a1=.75, down=(-1, .2))
    head_side(v, 452, 456, 308, rgb('3a2726'), flip=1, style='bun', tilt=.10)
    v.line([(622, 1000), (606, 850), (560, 742)], rgb('ffd9a0'), 5, .7)
    # notebook: fingers behind it, thumb before
    for k, (dx, dy) in enumerate(((800, 1006), (806, 1032), (800, 1056))):
        limb(v, [(720, 1050 + k * 9), (766, 1030 + k * 12), (dx, dy)], 26, 20, mix(SKIN, RUST, .12 + .05 * k), rgb('8a4a34'), a1=.4)
    c.save()
    c.translate(690, 985)
    c.rotate(-.24)
    v.box(-118, -170, 200, 262, 8)
    v.solid(rgb('0f5a62'), a1=.5, down=(-.8, .6))
    v.box(-106, -163, 184, 247, 4)
    v.solid(rgb('fbf1dc'), rgb('c9ab82'), a1=.5, down=(-.8, .4))
    for k in range(10):
        v.line([(-88, -132 + k * 20), (56 - (k * 37 % 60), -132 + k * 20)], rgb('9fb3ad'), 2.2, .8, smooth=False)
    c.restore()
    limb(v, [(318, 800), (290, 960), (330, 1120), (460, 1150), (622, 1096)], 150, 84, sweater, dark, a1=.8, down=(-.5, .9))
    v.spline([(604, 1050), (632, 1044), (648, 1134), (618, 1146)], tension=.4)
    v.solid(rgb('e67a48'), dark, a1=.5)
    v.spline([(636, 1062), (690, 1044), (738, 1046), (756, 1066), (738, 1092), (690, 1112), (646, 1120)], tension=.55)
    v.solid(SKIN, rgb('8a4a34'), a1=.55, down=(-.3, 1))
    limb(v, [(694, 1070), (722, 1044), (742, 1006)], 34, 23, mix(SKIN, CREAM, .08), rgb('8a4a34'), a1=.3)
    v.glow(620, 700, 420, rgb('fff0cc'), .22)
    v.linear(0, 0, 0, h, (0, INK, .12), (.2, INK, 0), (.8, INK, 0), (1, INK, .35))
    c.paint()


@picture(2000, 1080)
def dachy(v):
    h = v.h
    v.sky((0, rgb('6fa3a4')), (.3, rgb('f0d2a6')), (.55, rgb('fbe6c2')), (1, rgb('fbe6c2')))
    v.glow(640, 170, 330, rgb('fff3d4'), .95)
    v.ellipse(640, 176, 30)
    v.fill(rgb('fffaf0'))
    v.ridge(205, 24, 4, 240, rgb('c9b79c'), rgb('f3dcb4'), 50)
    v.ridge(232, 24, 12, 200, rgb('8fa79c'), rgb('e6d0a8'), 60, trees=9, treecol=rgb('8aa298'))
    v.mist(262, 26, rgb('fbe6c2'), .6, 3)
    r = random.Random(21)

    def house(x, y, w, hh, wall, roof, far):
        rh = w * r.uniform(.36, .5)
        v.box(x, y - hh, w, hh + 260)
        v.linear(x, 0, x + w, 0, (0, mix(wall, INK, .18)), (1, wall))
        v.fill()
        gable = r.random() < .45
        if gable:
            v.poly([(x - w * .05, y - hh), (x + w / 2, y - hh - rh), (x + w * 1.05, y - hh)])
        else:
            v.poly([(x - w * .05, y - hh), (x + w * .14, y - hh - rh * .8), (x + w * .86, y - hh - rh * .8), (x + w * 1.05, y - hh)])
        v.solid(roof, mix(roof, INK, .6), a1=.55 * (1 - far * .5), down=(-.9, .5))
        cx = x + w * r.uniform(.55, .75)
        v.box(cx, y - hh - rh * 1.05, w * .10, rh * .62)
        v.solid(mix(roof, SAND, .25), a1=.4)
        n = max(2, int(w / 24))
        for row in range(3):
            for k in range(n):
                wx, wy = x + w * (k + .5) / n - 4.2, y - hh + 12 + row * 27
                lit = r.random() < .2
                v.box(wx, wy, 8.4, 13, 1)
                v.fill(rgb('ffd58a') if lit else mix(DEEP, wall, .25 + far * .4), 1 if lit else .8)
        if r.random() < .35:
            with v.soft(4, .5):
                v.line([(cx + 4, y - hh - rh * 1.1), (cx + 10, y - hh - rh * 1.1 - 22), (cx + 2, y - hh - rh * 1.1 - 40), (cx + 16, y - hh - rh * 1.1 - 66)], rgb('fdf1da'), 6, .6)

    def tower(x, y, w, hh, wall, roof, far):
        v.box(x, y - hh, w, hh + 40)
        v.solid(wall, a1=.4, down=(-1, 0))
        v.spline([(x - w * .12, y - hh), (x, y - hh - w * .5), (x + w * .25, y - hh - w * .8), (x + w * .38, y - hh - w * 1.0), (x + w * .3, y - hh - w * 1.25), (x + w * .5, y - hh - w * 2.2),
                  (x + w * .7, y - hh - w * 1.25), (x + w * .62, y - hh - w * 1.0), (x + w * .75, y - hh - w * .8), (x + w, y - hh - w * .5), (x + w * 1.12, y - hh)], tension=.35)
        v.solid(roof, a1=.5, down=(-1, .2))
        v.box(x + w * .32, y - hh + w * .35, w * .36, w * .7, w * .18)
        v.fill(mix(DEEP, wall, .2))
    walls = [rgb('e9d3ad'), rgb('d9b58a'), rgb('c9c2a5'), rgb('f0e0c2')]
    roofs = [rgb('c05a34'), rgb('a8482d'), rgb('2a5560'), rgb('d27a48'), rgb('1f4450')]
    for row, (y, w0, hh, far) in enumerate(((305, 52, 34, .75), (356, 72, 44, .45), (424, 104, 56, .2), (520, 150, 70, 0))):
        haze = rgb('f6dfb8')
        if row == 1:
            for x, t in ((292, 112), (352, 124)):
                tower(x, 330, 30, t, mix(walls[0], haze, .4), mix(rgb('2f6a6b'), haze, .25), far)
            v.poly([(286, 330), (286, 262), (336, 232), (386, 262), (386, 330)])
            v.solid(mix(walls[1], haze, .35), a1=.3)
        x = -30 - row * 17
        while x < 1010:
            w = w0 * r.uniform(.8, 1.25)
            house(x, y + r.uniform(-8, 8), w, hh * r.uniform(.8, 1.5), mix(r.choice(walls), haze, far * .8), mix(r.choice(roofs), haze, far * .75), far)
            x += w * r.uniform(.92, 1.12)
        if row < 3:
            v.mist(y + 22, 30, haze, .5 - row * .1, 5 + row)
    v.linear(0, h * .7, 0, h, (0, NAVY, 0), (1, NAVY, .45))
    v.c.paint()
    v.birds([(480, 86, 9, -.1), (506, 80, 7, .1), (526, 90, 7, 0), (790, 120, 8, -.1), (812, 114, 6, .1)], rgb('3a5a62'), .75)


@picture(2000, 1080)
def fotele(v):
    h, fl = v.h, 430
    v.linear(0, 0, 0, fl, (0, rgb('16505a')), (1, rgb('276a6b')))
    v.c.paint()
    v.glow(500, 190, 460, rgb('ffcf8a'), .62, ry=330)
    v.linear(0, fl, 0, h, (0, rgb('a36a44')), (1, rgb('5d4038')))
    v.c.rectangle(0, fl, 1000, h)
    v.fill()
    v.box(0, fl - 9, 1000, 9)
    v.fill(rgb('e9d3a8'), .8)
    for x in range(-400, 1500, 90):
        v.line([(x, h), (500 + (x - 500) * .72, fl)], rgb('3e2a28'), 1.2, .3, smooth=False)
    v.ellipse(500, 482, 330, 38)
    v.fill(rgb('d9b98b'))
    v.ellipse(500, 482, 312, 33)
    v.stroke(ORANGE, 2.4, .8)
    # window with a moon, and a plant
    v.c.save()
    v.box(70, 70, 130, 220, 65)
    v.c.clip()
    v.linear(0, 70, 0, 290, (0, rgb('0f2c44')), (1, rgb('c98d70')))
    v.c.paint()
    v.ellipse(160, 122, 14)
    v.fill(CREAM)
    v.ellipse(90, 300, 90, 50)
    v.fill(rgb('1d4c57'))
    v.ellipse(200, 306, 80, 40)
    v.fill(rgb('123845'))
    v.c.restore()
    v.box(70, 70, 130, 220, 65)
    v.stroke(rgb('efdcb4'), 6)
    v.line([(135, 70), (135, 290)], rgb('efdcb4'), 3.5)
    v.line([(70, 190), (200, 190)], rgb('efdcb4'), 3.5)
    # hanging lamp
    v.line([(500, 0), (500, 92)], rgb('0b1f2b'), 3)
    v.spline([(432, 150), (452, 108), (490, 92), (510, 92), (548, 108), (568, 150)], tension=.4)
    v.solid(ORANGE, a1=.5, down=(-1, .3))
    v.ellipse(500, 150, 68, 7)
    v.fill(rgb('fff0c4'))
    with v.soft(9, .55):
        v.poly([(436, 152), (564, 152), (830, fl + 70), (170, fl + 70)])
        v.linear(0, 152, 0, fl, (0, rgb('ffe9b0'), .55), (1, rgb('ffe9b0'), 0))
        v.fill()

    def chair(x, f, col):
        c = v.c
        with v.soft(6, .6):
            v.ellipse(x, 486, 112, 13)
            v.fill(INK, .8)
        c.save()
        c.translate(x, 0)
        c.scale(f, 1)
        for lx in (-70, 58):
            v.poly([(lx - 5, 452), (lx + 6, 452), (lx + 2, 488), (lx - 2, 488)])
            v.fill(rgb('2c1f1f'))
        v.spline([(-96, 270), (-86, 216), (-50, 204), (-22, 226), (-8, 330), (-6, 420), (-90, 440), (-104, 340)], tension=.5)
        v.solid(col, a1=.75, down=(-1, .4))
        v.spline([(-92, 388), (-40, 374), (70, 378), (88, 396), (86, 450), (-84, 462)], tension=.4)
        v.solid(mix(col, INK, .12), a1=.55)
        v.spline([(-72, 346), (-40, 330), (66, 332), (92, 344), (92, 366), (64, 374), (-62, 380)], tension=.5)
        v.solid(mix(col, CREAM, .12), a1=.5)
        v.line([(70, 372), (74, 446)], mix(col, INK, .3), 11)
        v.c.save()
        v.c.translate(-30, 344)
        v.c.rotate(-.25)
        v.box(-30, -52, 58, 58, 12)
        v.solid(rgb('f0d9a8') if f > 0 else rgb('8fa68e'), a1=.5)
        v.c.restore()
        c.restore()
    chair(290, 1, rgb('0f7a7c'))
    chair(712, -1, rgb('d0603a'))
    v.line([(500, 398), (500, 478)], rgb('3a2723'), 8)
    v.spline([(466, 482), (500, 470), (534, 482)], tension=.4)
    v.fill(rgb('3a2723'))
    v.ellipse(500, 394, 76, 11)
    v.solid(rgb('c98a55'), a1=.4)
    mug(v, 474, 392, 27, CREAM, steam=1.2, handle=-1)
    mug(v, 530, 394, 27, rgb('2f8483'), steam=1.2)
    for k in range(11):
        a = -math.pi / 2 + (k - 5) * .2
        ln = 150 - abs(k - 5) * 9
        x1, y1 = 905 + math.cos(a) * ln, 370 + math.sin(a) * ln
        v.spline([(905, 372), ((905 + x1) / 2 - math.sin(a) * -13, (372 + y1) / 2), (x1, y1), ((905 + x1) / 2 + math.sin(a) * -13, (372 + y1) / 2 + 8)], tension=.8)
        v.solid(mix(rgb('1d5a50'), rgb('6f9b70'), (k % 3) / 2), a1=.6)
    v.spline([(866, 366), (874, 468), (936, 468), (944, 366)], tension=.2)
    v.solid(rgb('e2c79c'), a1=.6, down=(1, .3))


@picture(1700, 1150)
def notes(v):
    h, c = v.h, v.c
    v.linear(0, 0, 1000, h, (0, rgb('e9c18e')), (.5, rgb('d2a06b')), (1, rgb('a8724a')))
    c.paint()
    r = random.Random(4)
    for k in range(8):                                # boards and their grain
        y = k * 92 - 20
        v.box(0, y, 1000, 90)
        v.fill(mix(rgb('e6b981'), rgb('a66d45'), r.random() * .6), .35)
        for _ in range(9):
            yy = y + r.uniform(6, 86)
            v.line([(x, yy + 3 * math.sin(x / r.uniform(90, 180))) for x in range(-20, 1040, 90)], rgb('8a5a38'), r.uniform(.5, 1.4), .22)
        v.line([(0, y), (1000, y)], rgb('7a4c31'), 1.6, .45)
    with v.soft(9, .5):                               # window light over the table
        for x in (120, 390, 660):
            v.poly([(x, -20), (x + 190, -20), (x - 110, h + 20), (x - 300, h + 20)])
            v.fill(rgb('fff0cc'), .65)
    with v.soft(9, .55):
        v.c.save()
        v.c.translate(440, 372)
        v.c.rotate(-.13)
        v.box(-272, -200, 560, 420, 10)
        v.fill(rgb('3a2420'), .8)
        v.c.restore()
        v.ellipse(842, 232, 122)
        v.fill(rgb('3a2420'), .8)
    c.save()                                          # the notebook
    c.translate(425, 350)
    c.rotate(-.13)
    v.box(-276, -204, 552, 412, 12)
    v.solid(rgb('0f5a62'), a1=.4)
    for sgn in (-1, 1):
        for k in range(4):
            v.box(-268 + k * 1.5 if sgn < 0 else 2, -196 + k, 266 - k * 1.5, 396 - 2 * k, 5)
            v.fill(mix(rgb('e2cba2'), rgb('fdf5e4'), k / 3))
        v.box(-264 if sgn < 0 else 0, -193, 264, 390, 4)
        v.shade(sgn * 90, 0, 0, 0, rgb('b38d62'), 0, .42)
    for k in range(13):
        y = -160 + k * 26
        v.line([(-240, y), (-30, y)], rgb('9cb5b0'), 1.3, .8, smooth=False)
        v.line([(28, y), (242, y)], rgb('9cb5b0'), 1.3, .8, smooth=False)
    for k in range(3):
        y = -160 + k * 78
        v.box(-240, y - 21, 16, 16, 3)
        v.stroke(ORANGE, 2.6)
        if k < 2:
            v.line([(-237, y - 13), (-232, y - 7), (-222, y - 22)], TEAL, 3.4, smooth=False)
        for m in range(2 if k else 3):
            n = r.uniform(90, 180)
            yy = y - 7 + m * 26
            v.line([(-212 + i * 9, yy + r.uniform(-4.5, 3.5)) for i in range(int(n / 9))], rgb('27475a'), 1.9, .85)
    v.spline([(176, 190), (196, 190), (198, 262), (186, 250), (174, 262)], tension=.1)
    v.fill(ORANGE)
    c.restore()
    c.save()                                          # the pencil
    c.translate(560, 410)
    c.rotate(-.62)
    with v.soft(4, .5):
        v.box(-150, 8, 310, 18, 8)
        v.fill(rgb('3a2420'), .8)
    v.box(-150, -9, 270, 18)
    v.linear(0, -9, 0, 9, (0, rgb('f2b06a')), (.4, rgb('d4562a')), (1, rgb('8e3318')))
    v.fill()
    v.box(-162, -9, 14, 18)
    v.fill(rgb('cfd3cc'))
    v.box(-178, -9, 18, 18, 7)
    v.fill(rgb('e08f8a'))
    v.poly([(120, -9), (162, 0), (120, 9)])
    v.fill(rgb('f0d2a0'))
    v.poly([(148, -3), (164, 0), (148, 3)])
    v.fill(INK)
    c.restore()
    v.ellipse(826, 214, 118)                          # the cup from above
    v.solid(rgb('f6ead2'), rgb('a98560'), a1=.5, down=(.7, .7))
    v.ellipse(826, 214, 92)
    v.stroke(rgb('e2cfa8'), 3)
    c.new_path()
    c.arc(898, 262, 34, 0, TAU)
    v.stroke(rgb('0f6b70'), 14)
    v.ellipse(826, 214, 76)
    v.solid(rgb('14777b'), a1=.5, down=(.7, .7))
    v.ellipse(826, 214, 63)
    v.solid(rgb('b8692f'), rgb('5a2a18'), a1=.7, down=(-.7, -.7))
    v.ellipse(806, 196, 26, 12, -.6)
    v.fill(rgb('ffe0a8'), .55)
    for x, y in ((742, 500), (872, 470)):             # the glasses
        with v.soft(4, .45):
            v.ellipse(x + 9, y + 14, 58, 46, -.2)
            v.stroke(rgb('3a2420'), 9)
        v.ellipse(x, y, 57, 46, -.2)
        v.fill(WHITE, .22, keep=True)
        v.stroke(rgb('2a2324'), 7.5)
        v.ellipse(x - 16, y - 16, 20, 7, -.7)
        v.fill(WHITE, .5)
    v.line([(796, 480), (808, 468), (820, 478)], rgb('2a2324'), 7)
    v.line([(690, 522), (664, 590), (690, 640)], rgb('2a2324'), 6)
    v.line([(925, 452), (978, 500), (1010, 560)], rgb('2a2324'), 6)


def sill(v, y, front=rgb('efdcb8')):
    v.box(-10, y, v.w + 20, 26)
    v.solid(front, rgb('b38d62'), a1=.35)
    v.linear(0, y + 26, 0, v.h, (0, rgb('17515a')), (1, rgb('103b46')))
    v.c.rectangle(0, y + 26, v.w, v.h)
    v.fill()


@picture(1680, 1200, 80, 1.6)
def sloik(v):
    h, y = v.h, 590
    v.sky((0, rgb('bcd3c4')), (.5, rgb('fbe9c8')), (1, rgb('f6d2a0')))
    v.glow(720, 200, 420, rgb('fff8e6'), .95)
    for k, (col, yy, seed) in enumerate(((rgb('cfdcc2'), 380, 3), (rgb('a5c3ac'), 440, 5), (rgb('79a894'), 510, 8))):
        v.ridge(yy, 34, seed, 210, col, mix(col, CREAM, .4), 120)
    for x in (250, 760):
        v.box(x, -5, 15, y + 5)
        v.solid(rgb('f6ead2'), rgb('bda27c'), a1=.5, down=(-1, 0))
    v.box(-5, 196, 1010, 11)
    v.solid(rgb('f6ead2'), rgb('bda27c'), a1=.3)
    sill(v, y)
    with v.soft(10, .5):
        v.poly([(340, y + 10), (600, y + 10), (470, y + 60), (180, y + 60)])
        v.fill(INK, .7)
    jar = [(392, 300), (388, 330), (352, 370), (344, 440), (346, 560), (366, 596), (480, 602), (594, 596), (614, 560), (616, 440), (608, 370), (572, 330), (568, 300)]
    v.spline(jar, tension=.45)
    v.fill(rgb('dff0ea'), .38, keep=True)
    v.c.save()
    v.c.clip()
    r = random.Random(7)
    for k in range(190):                              # coins
        t = k / 190
        x, yy = r.uniform(350, 610), 598 - t * 130 + r.uniform(-8, 8)
        col = mix(GOLD, rgb('c9803c'), r.random())
        a = r.uniform(-.5, .5)
        v.ellipse(x, yy + 3, 21, 10, a)
        v.fill(mix(col, INK, .45))
        v.ellipse(x, yy, 21, 10, a)
        v.solid(col, rgb('8a4f24'), a1=.5)
        v.ellipse(x, yy, 15, 6.4, a)
        v.stroke(mix(col, CREAM, .5), 1.2)
    v.spline([(340, 480), (420, 452), (480, 446), (560, 456), (620, 476), (620, 440), (480, 425), (340, 440)], tension=.5)
    v.c.new_path()
    v.c.restore()
    limb(v, [(482, 462), (476, 380), (486, 300), (478, 190)], 13, 7, rgb('4f8a5a'))
    for x0, y0, x1, y1, w in ((480, 330, 330, 238, 40), (484, 300, 640, 210, 42), (482, 250, 380, 140, 34), (480, 226, 580, 110, 34), (478, 196, 470, 62, 30)):
        a = math.atan2(y1 - y0, x1 - x0)
        nx, ny = -math.sin(a) * w, math.cos(a) * w
        mx, my = x0 + (x1 - x0) * .48, y0 + (y1 - y0) * .48
        v.spline([(x0, y0), (mx + nx, my + ny), (x1, y1), (mx - nx, my - ny)], tension=.85)
        v.solid(mix(rgb('4f9468'), rgb('a9c777'), (y1 % 70) / 90), rgb('1f5a4a'), a1=.65, down=(.3, 1))
        v.line([(x0, y0), (mx, my - 4), (x1 + (x0 - x1) * .08, y1 + (y0 - y1) * .08)], rgb('e3efc0'), 1.8, .7)
    v.spline(jar, tension=.45)
    v.stroke(WHITE, 3.2, .75)
    v.line([(378, 390), (368, 450), (370, 550)], WHITE, 9, .55)
    v.line([(592, 400), (598, 470), (594, 540)], WHITE, 4, .5)
    v.ellipse(480, 300, 88, 13)
    v.stroke(WHITE, 4, .85)
    for x, yy in ((690, y - 4), (728, y + 2), (668, y + 5)):
        v.ellipse(x, yy + 5, 27, 8)
        v.fill(rgb('8a4f24'))
        v.ellipse(x, yy, 27, 8)
        v.solid(GOLD, a1=.3)
    mug(v, 860, y + 4, 92, rgb('d4562a'), steam=.8)


@picture(1400, 1000)
def dlonie(v):
    h, c = v.h, v.c
    v.linear(0, 0, 1000, h, (0, rgb('cf6436')), (1, rgb('a8452a')))
    c.paint()
    for k in range(-2, 16):                           # a checked blanket with folds
        x = k * 92
        v.line([(x + 24 * math.sin(y / 150 + k), y) for y in range(-20, int(h) + 40, 60)], rgb('f2c98a'), 20, .30)
        v.line([(x + 36 + 24 * math.sin(y / 150 + k), y) for y in range(-20, int(h) + 40, 60)], rgb('5d2419'), 6, .28)
        y = k * 92 - 30
        v.line([(x, y + 20 * math.sin(x / 170 + k * .7)) for x in range(-20, 1040, 60)], rgb('f2c98a'), 20, .26)
        v.line([(x, y + 36 + 20 * math.sin(x / 170 + k * .7)) for x in range(-20, 1040, 60)], rgb('5d2419'), 6, .24)
    with v.soft(28, .75):
        for pts, col in (([(0, 180), (330, 60), (700, 120), (1010, 20)], rgb('ffd59a')), ([(-10, 640), (300, 560), (650, 650), (1010, 560)], rgb('4a1a16')),
                         ([(100, 720), (260, 420), (180, 60)], rgb('5d2018')), ([(860, 740), (780, 420), (900, 60)], rgb('5d2018'))):
            v.line(pts, col, 46, .45)
    v.glow(240, 40, 560, rgb('ffe2b0'), .45)
    with v.soft(13, .7):
        v.line([(-10, 520), (250, 440), (480, 420), (640, 440)], rgb('3a1210'), 150, .8)
        v.line([(1010, 440), (800, 450), (600, 440)], rgb('3a1210'), 140, .8)

    def hand(col, dark, sleeve, knuckles):
        # pointing right; wrist at the origin
        limb(v, [(-640, 70), (-330, 26), (-120, 2)], 230, 168, sleeve, a1=.7, down=(0, 1))
        v.spline([(-136, -90), (-100, -92), (-92, 86), (-130, 92)], tension=.35)
        v.solid(mix(sleeve, CREAM, .25), a1=.5)
        for (x0, y0), (xm, ym), (x1, y1), w in (((110, 46), (196, 70), (262, 96), 44), ((130, 14), (232, 24), (306, 44), 50), ((132, -22), (240, -24), (324, -12), 52), ((120, -56), (222, -72), (300, -68), 50)):
            limb(v, [(x0, y0), (xm, ym), (x1, y1)], w + 4, w - 8, col, dark, a1=.6, down=(.2, 1))
            v.ellipse(x1 + 3, y1, w * .22, w * .25, .2)
            v.fill(mix(col, CREAM, .5), .8)
            if knuckles:
                v.line([(xm - 5, ym - 12), (xm + 1, ym), (xm - 5, ym + 12)], dark, 2, .5)
        v.spline([(-104, -62), (-30, -80), (60, -92), (140, -82), (168, -40), (164, 20), (140, 64), (60, 76), (-40, 66), (-104, 60)], tension=.5)
        v.solid(col, dark, a1=.55, down=(.1, 1))
        limb(v, [(-40, -52), (40, -104), (132, -122)], 58, 38, mix(col, CREAM, .06), dark, a1=.5, down=(.2, 1))
        v.ellipse(136, -124, 10, 8, .2)
        v.fill(mix(col, CREAM, .5), .8)
        if knuckles:
            for x, y in ((120, -54), (134, -20), (132, 16), (112, 46)):
                v.line([(x - 9, y - 8), (x, y), (x - 8, y + 9)], dark, 2.2, .4)
            for pts in ([(-60, -30), (10, -44), (90, -36)], [(-50, 14), (20, 4), (100, 10)]):
                v.line(pts, rgb('9a7f90'), 4, .3)
    c.save()                                          # the older hand, from the right, below
    c.translate(700, 440)
    c.scale(-1, 1)
    c.rotate(.06)
    hand(rgb('e0b394'), rgb('8a5240'), rgb('c795a3'), True)
    c.restore()
    c.save()                                          # the younger, laid over it
    c.translate(330, 372)
    c.rotate(.16)
    hand(rgb('c98a63'), rgb('6d3524'), rgb('f0dfbf'), False)
    c.restore()
    with v.soft(7, .6):
        v.ellipse(800, 190, 112, 100)
        v.fill(rgb('3a1210'), .5)
    v.ellipse(786, 168, 96)
    v.solid(rgb('f8efdf'), rgb('b38d6a'), a1=.5, down=(.6, .8))
    v.ellipse(786, 168, 80)
    v.solid(rgb('a85f2e'), rgb('4f2415'), a1=.7, down=(-.7, -.7))
    v.ellipse(760, 142, 26, 12, -.7)
    v.fill(rgb('ffe0a8'), .5)
    c.new_path()
    c.arc(884, 208, 36, -1.2, 2.2)
    v.stroke(rgb('efe0c4'), 17)


@picture(1680, 1200, 80, 1.6)
def laboratorium(v):
    h, y = v.h, 566
    v.sky((0, rgb('8fbab6')), (.45, rgb('f3e2c0')), (1, rgb('fbd9a8')))
    v.glow(520, 260, 430, rgb('fff7e2'), .95)
    v.ridge(420, 40, 2, 190, rgb('c3d2bb'), rgb('efdcb4'), 140)
    v.ridge(480, 30, 6, 160, rgb('93b5a4'), rgb('cfd0ab'), 120, trees=22, treecol=rgb('8bae9e'))
    for x in (120, 480, 850):
        v.box(x, -5, 17, 560)
        v.solid(rgb('2a6468'), a1=.4, down=(1, 0))
    v.box(-5, 170, 1010, 13)
    v.fill(rgb('2a6468'))
    v.box(-10, y, 1020, 20)
    v.solid(rgb('f6ead2'), a1=.3)
    v.linear(0, y + 20, 0, h, (0, rgb('17515a')), (1, rgb('0f3742')))
    v.c.rectangle(0, y + 20, 1000, h)
    v.fill()
    # microscope
    ink = rgb('12323f')
    v.spline([(690, y), (700, y - 26), (900, y - 26), (914, y)], tension=.25)
    v.fill(ink)
    v.line([(862, y - 30), (892, y - 130), (872, y - 230), (800, y - 270)], ink, 34)
    v.box(690, y - 122, 150, 15, 4)
    v.fill(ink)
    v.c.save()
    v.c.translate(770, y - 270)
    v.c.rotate(-.28)
    v.box(-30, -70, 60, 160, 9)
    v.solid(mix(ink, TEAL, .35), a1=.6, down=(1, 0))
    v.box(-20, -150, 40, 84, 6)
    v.solid(ink, a1=.3)
    v.box(-26, -168, 52, 22, 6)
    v.fill(ORANGE)
    v.box(-16, 88, 32, 46, 5)
    v.fill(rgb('d9b98b'))
    v.c.restore()
    v.ellipse(893, y - 128, 21)
    v.fill(GOLD)

    def flask(x, w, hh, col, kind, level):
        if kind == 'cone':
            pts = [(x - w * .14, y - hh), (x - w * .14, y - hh * .62), (x - w * .5, y - hh * .08), (x - w * .44, y), (x + w * .44, y), (x + w * .5, y - hh * .08), (x + w * .14, y - hh * .62), (x + w * .14, y - hh)]
            ten = .2
        elif kind == 'round':
            pts = [(x - w * .12, y - hh), (x - w * .12, y - hh * .66), (x - w * .46, y - hh * .46), (x - w * .5, y - hh * .24), (x - w * .3, y - 3), (x, y), (x + w * .3, y - 3), (x + w * .5, y - hh * .24), (x + w * .46, y - hh * .46), (x + w * .12, y - hh * .66), (x + w * .12, y - hh)]
            ten = .5
        else:
            pts = [(x - w / 2, y - hh), (x - w / 2, y - w * .2), (x - w * .3, y), (x + w * .3, y), (x + w / 2, y - w * .2), (x + w / 2, y - hh)]
            ten = .18
        v.spline(pts, tension=ten)
        v.fill(WHITE, .30, keep=True)
        v.c.save()
        v.c.clip()
        yl = y - hh * level
        v.box(x - w, yl, 2 * w, hh)
        v.linear(0, yl, 0, y, (0, mix(col, CREAM, .35), .92), (1, col, .95))
        v.fill()
        v.ellipse(x, yl, w * .5, 5)
        v.fill(mix(col, WHITE, .5), .9)
        r = random.Random(int(x))
        for _ in range(7):
            v.ellipse(x + r.uniform(-.35, .35) * w, y - r.random() * hh * level * .9, r.uniform(2, 6))
            v.stroke(WHITE, 1.3, .6)
        v.c.restore()
        v.spline(pts, tension=ten)
        v.stroke(WHITE, 2.6, .85)
        v.ellipse(x, y - hh, w * (.14 if kind == 'cone' else .12 if kind == 'round' else .5) + 4, 5)
        v.stroke(WHITE, 3, .9)
        v.line([(x - w * .3, y - hh * .12), (x - w * .32, y - hh * .3)], WHITE, 5, .55)
    flask(178, 190, 270, rgb('0f8a8c'), 'cone', .40)
    flask(372, 66, 330, rgb('e08f3a'), 'tube', .55)
    flask(452, 50, 250, rgb('d4562a'), 'tube', .45)
    flask(588, 176, 230, rgb('e9b04c'), 'round', .36)
    with v.soft(8, .6):
        for x, w, col in ((178, 190, rgb('39b5ac')), (372, 66, rgb('ffb050')), (588, 170, rgb('ffcf60'))):
            v.poly([(x - w * .4, y + 4), (x + w * .4, y + 4), (x + w * .1, y + 18), (x - w * .7, y + 18)])
            v.fill(col, .8)


@picture(1680, 1200, 80, 1.6)
def dom(v):
    h = v.h
    v.sky((0, rgb('1d4a62')), (.3, rgb('5d8a94')), (.52, rgb('e3b394')), (.62, rgb('f6d6ac')), (1, rgb('f6d6ac')))
    r = random.Random(4)
    for _ in range(40):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, 250), r.uniform(.8, 1.7))
        v.fill(CREAM, r.uniform(.3, .8))
    v.ridge(430, 34, 3, 240, rgb('a99a9a'), rgb('e6c6a8'), 70)
    v.mist(460, 30, rgb('f6dcb8'), .5, 3)
    v.ridge(478, 28, 9, 200, rgb('6d8e98'), rgb('b9bdb4'), 80, trees=38, treecol=rgb('4f7682'))

    def hill(x):
        return 520 - 70 * math.exp(-((x - 640) / 260) ** 2) + 26 * math.sin(x / 210)
    for _ in range(60):
        x = r.choice((r.uniform(-10, 330), r.uniform(820, 1010)))
        v.spruce(x, hill(x) + r.uniform(4, 26), r.uniform(60, 150), mix(rgb('17404e'), rgb('3a6670'), r.random() * .6))
    v.poly([(x, hill(x)) for x in range(-5, 1010, 5)] + [(1010, h + 5), (-5, h + 5)])
    v.linear(0, 450, 0, h, (0, rgb('f3e4d4')), (.35, rgb('c3d2d6')), (1, rgb('6d96a4')))
    v.fill()
    with v.soft(14, .7):
        for x, y, w, t, col in ((250, 600, 260, 22, rgb('8fb0ba')), (820, 610, 240, 26, rgb('86a8b4')), (420, 680, 330, 26, rgb('5d8798')), (700, 560, 140, 10, WHITE), (150, 560, 150, 9, WHITE)):
            v.ellipse(x, y, w, t, .05)
            v.fill(col, .6)
    pts = [(682, 470), (664, 492), (700, 516), (640, 540), (520, 566), (500, 604), (590, 650), (560, 730)]
    v.line(pts, rgb('7f9fac'), 24, .55)
    v.line([(x + 3, y + 1) for x, y in pts], rgb('5d8294'), 10, .5)
    for k in range(30):
        i = k / 30 * (len(pts) - 2)
        a, t = int(i), i - int(i)
        x, y = (pts[a][q] * (1 - t) + pts[a + 1][q] * t for q in (0, 1))
        v.ellipse(x + (5 if k % 2 else -5), y, 3.6, 1.8, .3)
        v.fill(rgb('45697c'), .7)
    x, y = 596, 470
    v.box(x + 60, y - 128, 18, 44)
    v.fill(rgb('7a4a3c'))
    with v.soft(5, .65):
        v.line([(x + 69, y - 132), (x + 76, y - 172), (x + 62, y - 210), (x + 86, y - 262), (x + 74, y - 310)], rgb('fbeadb'), 13, .6)
    v.box(x, y - 62, 150, 66)
    v.solid(rgb('7d4b38'), a1=.55, down=(-1, .2))
    for k in range(1, 6):
        v.line([(x, y - 62 + k * 11), (x + 150, y - 62 + k * 11)], INK, 1.1, .35)
    v.poly([(x - 16, y - 58), (x + 22, y - 116), (x + 130, y - 116), (x + 166, y - 58)])
    v.solid(rgb('f7ece2'), rgb('8fb0bc'), a1=.6, down=(-1, .4))
    v.box(x + 20, y - 42, 26, 28)
    v.fill(rgb('1d3340'))
    v.glow(x + 99, y - 28, 130, rgb('ffb654'), .75)
    v.box(x + 84, y - 44, 30, 30)
    v.fill(rgb('ffe3a0'))
    v.line([(x + 99, y - 44), (x + 99, y - 14)], rgb('8a5a3c'), 2.4)
    v.line([(x + 84, y - 29), (x + 114, y - 29)], rgb('8a5a3c'), 2.4)
    with v.soft(6, .7):
        v.poly([(x + 84, y), (x + 116, y), (x + 150, y + 62), (x + 66, y + 62)])
        v.fill(rgb('ffc870'), .5)
    for _ in range(130):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, h), r.uniform(1.2, 3.6))
        v.fill(WHITE, r.uniform(.3, .8))
    for k in range(9):
        xx = 20 + k * 14
        v.spruce(xx * 1.4 - 20, h + 20, 250 - k * 18, mix(rgb('0c2c3a'), rgb('1d4a58'), k / 9))


@picture(2000, 1250)
def gwiazdozbior(v):
    h = v.h
    v.linear(0, 0, 0, h, (0, rgb('0a1a2b')), (.6, rgb('0f3347')), (1, rgb('14505b')))
    v.c.paint()
    v.glow(520, 300, 420, rgb('1d6d74'), .55)
    with v.soft(30, .6):
        r = random.Random(6)
        for k in range(22):
            v.ellipse(60 + k * 44, 560 - k * 24 + r.uniform(-40, 40), r.uniform(50, 110), r.uniform(20, 46), -.5)
            v.fill(rgb('3f8a90') if k % 3 else rgb('c9855c'), .20)
    r = random.Random(2)
    for _ in range(330):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, h), r.choice((.4, .5, .6, .9)))
        v.fill(CREAM, r.uniform(.12, .6))
    border = [(14.3, 53.9), (15.4, 54.15), (16.4, 54.5), (17.6, 54.76), (18.5, 54.78), (18.9, 54.35), (19.7, 54.45), (21.2, 54.33), (22.8, 54.36), (23.45, 54.0), (23.6, 53.2),
              (23.85, 52.6), (23.3, 52.2), (23.65, 51.6), (24.0, 50.85), (23.3, 50.3), (22.7, 49.55), (22.75, 49.1), (21.7, 49.4), (20.5, 49.38), (19.7, 49.25), (18.9, 49.55),
              (17.9, 49.98), (16.9, 50.25), (16.3, 50.55), (15.2, 50.95), (14.85, 51.5), (14.65, 52.4), (14.25, 52.95)]
    r = random.Random(44)
    inside = []

    def within(x, y):
        n, hit = len(border), False
        for i in range(n):
            (x0, y0), (x1, y1) = border[i], border[(i + 1) % n]
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                hit = not hit
        return hit
    while len(inside) < 44 - len(border):
        best = max(((min(math.hypot((x - a) * .64, y - b) for a, b in border + inside), x, y)
                    for x, y in ((r.uniform(14.5, 23.8), r.uniform(49.4, 54.5)) for _ in range(60)) if within(x, y)))
        inside.append(best[1:])
    dots = [(505 + (x - 19.1) * 46, h / 2 - 8 - (y - 51.95) * 72) for x, y in border + inside]   # whole in wide crops
    n = len(border)
    lines = {(i, (i + 1) % n) for i in range(n)}
    for i in range(44):                               # neighbours with nobody between them
        for j in range(i + 1, 44):
            (x0, y0), (x1, y1) = dots[i], dots[j]
            mx, my, q = (x0 + x1) / 2, (y0 + y1) / 2, math.hypot(x1 - x0, y1 - y0) / 2
            if all(math.hypot(a - mx, b - my) > q * 1.02 for k, (a, b) in enumerate(dots) if k not in (i, j)) and (i >= n or j >= n):
                lines.add((i, j))
    v.spline([d for d in dots[:n]], tension=.3)
    v.fill(rgb('2f8a8c'), .14)
    for i, j in sorted(lines):
        edge = i < n and j < n
        v.line([dots[i], dots[j]], rgb('f2d2a0') if edge else rgb('9fd0c8'), 1.5 if edge else .9, .75 if edge else .5)
    for k, (x, y) in enumerate(dots):
        s = 3.1 + (k * 7 % 5) * .5 + (2.2 if k in (33, 37, 41) else 0)
        v.glow(x, y, s * 8, rgb('ffb765') if k % 3 == 0 else rgb('9fe0d4'), .7)
        v.ellipse(x, y, s)
        v.fill(rgb('fff6e2'))
    v.ridge(h - 22, 12, 8, 240, rgb('0b2230'), rgb('081722'), 40, trees=26, treecol=rgb('0b2230'))


@picture(1400, 500, kind='png', grain=0)
def obieg(v):
    v.color(rgb('fbf5ea'))
    v.c.paint()
    v.c.translate(0, -62)
    pts = [(110, 215, 22, ORANGE), (345, 215, 38, rgb('e9a860')), (600, 215, 54, rgb('4f9a98')), (868, 215, 72, TEAL)]
    v.c.new_path()
    v.c.move_to(868, 300)
    v.c.curve_to(800, 412, 190, 420, 112, 262)
    v.stroke(rgb('9fc4bd'), 5)
    v.poly([(112, 246), (100, 274), (127, 271)])
    v.fill(rgb('9fc4bd'))
    v.line([(110, 215), (868, 215)], rgb('0d4450'), 5, smooth=False)
    for x, y, r, col in pts:
        v.ellipse(x, y, r + 9)
        v.fill(rgb('fbf5ea'))
        v.ellipse(x, y, r)
        v.fill(col)
        n = {22: 1, 38: 3, 54: 7, 72: 12}[r]
        for k in range(n):
            a, q = k / max(n, 1) * TAU, 0 if n == 1 else r * .62
            v.ellipse(x + math.cos(a) * q, y + math.sin(a) * q, 5.5)
            v.fill(CREAM)
    for x in (226, 470, 732):
        v.poly([(x - 7, 203), (x + 13, 215), (x - 7, 227)])
        v.fill(rgb('0d4450'))


@picture(1700, 1200)
def soniashnyky(v):
    h, hz = v.h, 330
    v.sky((0, rgb('2f7f90')), (.22, rgb('8fbdb4')), (.38, rgb('f6dca8')), (.48, rgb('fbc987')), (1, rgb('fbc987')))
    v.glow(610, 300, 380, rgb('fff2cf'), .95)
    v.ellipse(610, 300, 36)
    v.fill(rgb('fffaf0'))
    with v.soft(11, .7):
        for x, y, w, t in ((200, 70, 230, 13), (640, 110, 280, 11), (880, 50, 190, 12), (380, 170, 200, 8), (860, 200, 220, 8)):
            v.ellipse(x, y, w, t)
            v.fill(rgb('fdeccb'), .7)
    v.ridge(hz - 2, 8, 4, 220, rgb('9aa88a'), rgb('d9b878'), 30, trees=13, treecol=rgb('87a08a'))
    v.linear(0, hz, 0, h, (0, rgb('e3b45a')), (.2, rgb('b98f3c')), (1, rgb('23493a')))
    v.c.rectangle(-5, hz, 1010, h)
    v.fill()
    v.poly([(584, hz), (600, hz), (640, h), (440, h)])
    v.linear(0, hz, 0, h, (0, rgb('fbe3b0')), (1, rgb('a87848')))
    v.fill()
    r = random.Random(24)

    def flower(x, y, s, lit):
        if s > 9:
            limb(v, [(x, y), (x + s * .12, y + s * 1.6), (x, y + s * 4)], s * .22, s * .26, mix(rgb('3f7a4c'), rgb('1d4a3c'), .4))
            for sg, yy in ((-1, 1.7), (1, 2.3)):
                v.spline([(x + s * .06, y + s * yy), (x + sg * s * .7, y + s * (yy - .55)), (x + sg * s * 1.45, y + s * (yy + .05)), (x + sg * s * .7, y + s * (yy + .3))], tension=.8)
                v.solid(mix(rgb('2c6648'), rgb('7f9f50'), r.random() * .7), a1=.6)
        tilt = r.uniform(-.3, .3)
        squash = r.uniform(.72, .95)
        n = 17 if s > 9 else 9
        for ring, (rr, col) in enumerate(((1.0, rgb('d98a2a')), (.86, rgb('f2b53c')))):
            for k in range(n):
                a = TAU * (k + .5 * ring) / n + tilt
                px, py = x + math.cos(a) * s * .66 * rr, y + math.sin(a) * s * .66 * rr * squash
                v.ellipse(px, py, s * .42 * rr, s * .15, math.atan2(math.sin(a) * squash, math.cos(a)))
                v.fill(mix(col, rgb('ffe08a'), max(0, -math.sin(a)) * .7 * lit))
        v.ellipse(x, y, s * .44, s * .44 * squash)
        v.solid(rgb('5a3420'), a1=.5)
        if s > 9:
            for k in range(46):
                q = math.sqrt(k / 46) * s * .40
                a = k * 2.39996
                v.ellipse(x + math.cos(a) * q, y + math.sin(a) * q * squash, s * .026)
                v.fill(rgb('b8783a') if k < 20 else rgb('8a5228'), .9)
    rows = []
    t = .012
    while t < 1.25:
        rows.append(t)
        t *= 1.155
    for t in rows:
        y = hz + (h - hz) * t * .94
        s = 3 + 60 * t
        n = max(4, int(1150 / (s * 2.1)))
        with_leaf = s > 4
        for k in range(n):
            x = -60 + 1120 * (k + r.uniform(.25, .75)) / n
            mid = 592 - 52 * t
            if abs(x - mid) < 10 + 108 * t + s * .6:
                continue
            if with_leaf:
                v.ellipse(x, y + s * 1.0, s * 1.25, s * .85)
                v.fill(mix(rgb('7f8f48'), rgb('1a4338'), min(1, t * 1.4)), .8)
            flower(x, y - s * .6 + r.uniform(-.3, .3) * s, s * r.uniform(.82, 1.1), 1)
    v.birds([(300, 150, 12, -.15), (336, 136, 10, .05), (368, 150, 9, .1), (270, 168, 9, -.1), (402, 138, 8, 0)], rgb('2a5560'), .8)
    v.linear(0, h * .7, 0, h, (0, NAVY, 0), (1, NAVY, .35))
    v.c.paint()


@picture(1680, 1204, 80, 1.6)
def ksiazki(v):
    h, y = v.h, 505
    v.sky((0, rgb('e9c69a')), (1, rgb('f8e6c6')))
    v.glow(240, 160, 480, rgb('fff8e8'), .9)
    with v.soft(7, .55):
        for x in (90, 330, 570):
            v.poly([(x, -10), (x + 190, -10), (x + 20, y), (x - 170, y)])
            v.fill(rgb('fffaf0'), .6)
    v.linear(0, y, 0, h, (0, rgb('b97b50')), (1, rgb('7d4b38')))
    v.c.rectangle(-5, y, 1010, h)
    v.fill()
    v.box(-5, y, 1010, 5)
    v.fill(rgb('f0cf9c'), .8)
    v.c.translate(140, y - .72 * 560)                 # whole in wide crops
    v.c.scale(.72, .72)
    y = 560
    with v.soft(10, .6):
        v.ellipse(520, y + 34, 300, 16)
        v.fill(INK, .8)
    yy = y + 20
    for k, (w, hh, dx, col) in enumerate(((470, 66, 0, TEAL), (420, 50, 30, rgb('d4562a')), (446, 58, -16, rgb('e2c79c')), (372, 44, 26, rgb('27475a')), (390, 52, -22, rgb('8fa68e')))):
        x = 240 + dx + (470 - w) / 2
        yy -= hh
        v.box(x, yy, w, hh, 6)
        v.solid(col, a1=.5, down=(.3, 1))
        v.box(x + w - 30, yy + 5, 34, hh - 10, 3)
        v.solid(rgb('fbf1dc'), rgb('b38d62'), a1=.5)
        for q in range(3):
            v.line([(x + w - 28, yy + hh * (.3 + .2 * q)), (x + w + 2, yy + hh * (.3 + .2 * q))], rgb('c9ab82'), 1)
        for q in (.10, .15, .78):
            v.line([(x + w * q, yy + 3), (x + w * q, yy + hh - 3)], mix(col, GOLD, .6), 3, .8)
        v.line([(x + w * .24, yy + hh * .5), (x + w * .55, yy + hh * .5)], mix(col, CREAM, .55), 5, .75)
    gy = yy - 2
    for x in (390, 500):
        v.ellipse(x, gy - 24, 44, 26)
        v.fill(WHITE, .35, keep=True)
        v.stroke(rgb('2a2324'), 6)
    v.line([(434, gy - 28), (445, gy - 34), (456, gy - 28)], rgb('2a2324'), 6)
    v.line([(346, gy - 28), (318, gy - 20), (300, gy - 2)], rgb('2a2324'), 5)
    v.line([(544, gy - 28), (580, gy - 22), (604, gy - 2)], rgb('2a2324'), 5)
    v.spline([(836, 400), (800, 440), (790, 520), (820, 584), (890, 584), (920, 520), (910, 440), (874, 400), (868, 360), (842, 360)], tension=.5)
    v.solid(rgb('f4e6ca'), rgb('a9805a'), a1=.7, down=(1, .3))
    stem = [(855, 366), (850, 250), (812, 130), (780, 70)]
    v.line(stem, rgb('5d7a5e'), 5)
    v.line([(852, 300), (900, 200), (914, 120)], rgb('5d7a5e'), 4)
    r = random.Random(3)
    for x0, y0, x1, y1, n in ((852, 320, 780, 76, 9), (858, 290, 914, 126, 6)):
        for k in range(n):
            t = (k + 1) / n
            x, yk = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            for sg in (-1, 1):
                a = math.atan2(y1 - y0, x1 - x0) + sg * .95
                ln = 62 * (1 - t * .45)
                ex, ey = x + math.cos(a) * ln, yk + math.sin(a) * ln
                nx, ny = -math.sin(a) * 13, math.cos(a) * 13
                v.spline([(x, yk), ((x + ex) / 2 + nx, (yk + ey) / 2 + ny), (ex, ey), ((x + ex) / 2 - nx, (yk + ey) / 2 - ny)], tension=.8)
                v.solid(mix(rgb('6f8f72'), rgb('b9c9a4'), r.random()), rgb('35594c'), a1=.5)


@picture(1500, 950)
def forum(v):
    h = v.h
    v.linear(0, 0, 0, h, (0, rgb('0b1f2e')), (1, rgb('0f3a48')))
    v.c.paint()
    v.box(120, 60, 760, 330, 4)
    v.linear(120, 0, 880, 0, (0, rgb('9c4a2a')), (.5, rgb('e9a45c')), (1, rgb('9c4a2a')))
    v.fill()
    for k in range(26):
        x = 120 + k * 29.3
        v.box(x, 60, 14, 330)
        v.fill(rgb('6d2a1e'), .20)
    v.glow(500, 260, 330, rgb('ffe2a8'), .8)
    for x in (0, 866):
        for k in range(5):
            v.spline([(x + k * 27, -10), (x + k * 27 + 29, -10), (x + k * 27 + 32, 200), (x + k * 27 + 29, 420), (x + k * 27 - 1, 420), (x + k * 27 + 2, 200)], tension=.3)
            v.solid(mix(rgb('0f5a62'), rgb('0b2e3a'), .35 * (k % 2)), a1=.5, down=(1, .2))
    with v.soft(12, .4):
        for x in (330, 660):
            v.poly([(x - 10, -10), (x + 10, -10), (x + 120, 400), (x - 120, 400)])
            v.fill(rgb('fff0c8'), .5)
    v.poly([(80, 390), (920, 390), (1000, 440), (0, 440)])
    v.linear(0, 390, 0, 440, (0, rgb('f0c48a')), (1, rgb('8a5038')))
    v.fill()

    def seated(x, f, coat, hair, style):
        c = v.c
        c.save()
        c.translate(x, 402)
        c.scale(f * 1.1, 1.1)
        v.spline([(-58, -66), (-52, -128), (-26, -134), (-22, -60), (30, -52), (34, -30), (-54, -30)], tension=.3)
        v.solid(rgb('27475a'), a1=.6)
        for q in (-46, 26):
            v.line([(q, -30), (q, 2)], INK, 5)
        limb(v, [(-14, -62), (34, -62), (36, -30), (34, -2)], 34, 19, rgb('1c3446'))
        v.spline([(-34, -150), (-10, -162), (14, -150), (18, -100), (14, -54), (-30, -54), (-38, -100)])
        v.solid(coat, a1=.6, down=(-1, .3))
        limb(v, [(-6, -140), (8, -104), (52, -112)], 26, 14, mix(coat, CREAM, .12))
        v.ellipse(56, -114, 8)
        v.fill(SKIN)
        v.box(-14, -176, 18, 26, 6)
        v.fill(SKIN2)
        c.restore()
        head_side(v, x + f * 0, 402 - 208, 52, hair, flip=f, style=style)
    seated(408, 1, rgb('f0dfbf'), HAIR, 'bun')
    seated(604, -1, rgb('0f6b70'), GREYHAIR, 'short')
    v.ellipse(506, 352, 40, 7)
    v.fill(rgb('f4e0b8'))
    v.line([(506, 354), (506, 400)], rgb('3a2723'), 6)
    v.box(494, 328, 9, 22, 3)
    v.fill(rgb('bfe0da'), .9)
    v.box(512, 328, 9, 22, 3)
    v.fill(rgb('bfe0da'), .9)
    r = random.Random(15)
    cols = [rgb('16424e'), rgb('0f3541'), rgb('4a2a2a'), rgb('1d4a55'), rgb('3a2f3a')]
    for row, (y, s, n, lit) in enumerate(((470, 92, 11, .5), (540, 124, 8, .3), (640, 172, 6, .12))):
        for k in range(n):
            x = (k + .5) * 1000 / n + r.uniform(-14, 14) + (row % 2) * 30 - 15
            col = mix(cols[(k * 3 + row) % 5], INK, .35 + row * .15)
            hair = mix(r.choice([rgb('2a1d1e'), rgb('8a7a70'), rgb('5a3424'), rgb('1a1a20')]), INK, .35 + row * .15)
            sitter_back(v, x, y, s * r.uniform(.94, 1.06), col, hair, tilt=r.uniform(-.08, .08), long_hair=r.random() < .4)
            v.c.new_path()
            v.c.arc(x, y - s * .82, s * .165, -math.pi * .86, -math.pi * .14)
            v.stroke(rgb('ffd08a'), s * .016, lit)
        v.box(-5, y - 4, 1010, 70)
        v.linear(0, y - 4, 0, y + 60, (0, mix(rgb('7a3424'), INK, row * .25 + .1)), (1, mix(rgb('3a1a1a'), INK, row * .3)))
        v.fill()
        v.line([(-5, y - 3), (1005, y - 3)], rgb('e9a45c'), 2, .4 - row * .1)


@picture(1000, 900)
def ksiazka(v):
    h, y = v.h, 760
    v.linear(0, 0, 1000, h, (0, rgb('e6d3b3')), (1, rgb('c9a67c')))
    v.c.paint()
    with v.soft(26, .5):
        v.poly([(-20, 40), (360, -20), (1020, 760), (1020, 900), (400, 900)])
        v.fill(rgb('fff6e2'), .7)
    v.box(-5, y, 1010, h)
    v.linear(0, y, 0, h, (0, rgb('8a5a3c')), (1, rgb('5d3a2c')))
    v.fill()
    v.box(-5, y, 1010, 9)
    v.fill(rgb('e9c491'), .8)
    with v.soft(16, .6):
        v.poly([(690, 130), (800, 210), (820, 775), (320, 775)])
        v.fill(rgb('3a2420'), .7)
    v.poly([(700, 112), (722, 126), (722, 772), (700, 772)])
    v.solid(rgb('fbf1dc'), rgb('b38d62'), a1=.7, down=(1, 0))
    v.c.save()
    v.box(270, 110, 432, 662, 6)
    v.c.clip()
    v.linear(0, 110, 0, 772, (0, rgb('0f5a62')), (.45, rgb('e09a68')), (.62, rgb('f8dca8')), (1, rgb('f8dca8')))
    v.c.paint()
    v.ellipse(500, 470, 62)
    v.fill(rgb('fff6e2'))
    for k, (yy, col) in enumerate(((500, rgb('c9a58a')), (548, rgb('6d9490')), (606, rgb('2f7273')))):
        n = Noise(k + 5, 2)
        v.poly([(260, 800)] + [(x, yy + 34 * n(x / 130)) for x in range(260, 712, 6)] + [(712, 800)])
        v.fill(col)
    pts = [(500, 596), (560, 622), (470, 650), (420, 690), (560, 740), (520, 800)]
    for i in range(len(pts) - 1):
        v.line(pts[max(i - 1, 0):i + 3], CREAM, 7 + i * 7, 1)
    v.line([(300, 150), (470, 150)], CREAM, 9, .9)
    v.line([(300, 184), (560, 184)], CREAM, 9, .9)
    v.line([(300, 222), (400, 222)], ORANGE, 6)
    v.linear(270, 0, 320, 0, (0, INK, .4), (.5, INK, .05), (1, WHITE, 0))
    v.c.paint()
    v.c.restore()


@picture(1300, 930)
def list_(v):
    h, y = v.h, 560
    v.sky((0, rgb('a9cfc6')), (.6, rgb('fbecd0')), (1, rgb('fbdcae')))
    v.glow(640, 220, 460, rgb('fffaf0'), .95)
    for k, (col, yy, seed) in enumerate(((rgb('d3dfc8'), 350, 13), (rgb('a9c7b2'), 410, 15), (rgb('7cab98'), 476, 18))):
        v.ridge(yy, 36, seed, 220, col, mix(col, CREAM, .45), 120)
    for x in (140, 700):
        v.box(x, -5, 17, y + 5)
        v.solid(rgb('f8efdf'), rgb('bda27c'), a1=.5, down=(-1, 0))
    v.box(-10, y - 30, 1020, h)
    v.linear(0, y - 30, 0, h, (0, rgb('fbeed6')), (1, rgb('d9b88c')))
    v.fill()
    with v.soft(9, .45):
        v.poly([(240, 656), (760, 640), (720, 700), (170, 706)])
        v.fill(rgb('6d4a35'), .9)
    c = v.c
    c.save()
    c.translate(480, 560)
    c.rotate(-.05)
    v.poly([(-250, -62), (0, -228), (250, -62)])
    v.solid(rgb('d9b48a'), a1=.4)
    v.box(-212, -206, 424, 250, 4)
    v.solid(rgb('fffaf0'), rgb('d9c3a0'), a1=.4)
    v.line([(-170, -166), (-40, -166)], rgb('9fb3ad'), 4, .0)
    v.poly([(-250, -62), (0, 62), (250, -62), (250, 128), (-250, 128)])
    v.solid(rgb('f2d9b0'), rgb('c99a68'), a1=.5)
    v.poly([(-250, 128), (0, 16), (250, 128)])
    v.solid(rgb('f8e6c8'), rgb('d0a878'), a1=.5)
    v.poly([(-250, -62), (-250, 128), (-18, 26)])
    v.fill(rgb('ecd0a4'))
    v.poly([(250, -62), (250, 128), (18, 26)])
    v.fill(rgb('e9ca9a'))
    c.restore()
    stem = [(690, 650), (770, 600), (850, 520), (900, 420)]
    v.line(stem, rgb('5d7a5e'), 6)
    r = random.Random(2)
    for k in range(9):
        t = k / 8
        x = 700 + 195 * t ** .9
        yk = 645 - 215 * t ** 1.35
        for sg in (-1, 1):
            a = -.75 + sg * .85 - t * .35
            ln = 82 * (1 - t * .4)
            ex, ey = x + math.cos(a) * ln, yk + math.sin(a) * ln
            nx, ny = -math.sin(a) * 17, math.cos(a) * 17
            v.spline([(x, yk), ((x + ex) / 2 + nx, (yk + ey) / 2 + ny), (ex, ey), ((x + ex) / 2 - nx, (yk + ey) / 2 - ny)], tension=.8)
            v.solid(mix(rgb('5f8a6c'), rgb('b5c99c'), r.random()), rgb('2f5a4a'), a1=.55)


@picture(1000, 1400)
def wiosna(v):
    h = v.h
    v.sky((0, rgb('9fcfcb')), (.45, rgb('e3ecd8')), (.62, rgb('fbecd2')), (1, rgb('fbecd2')))
    v.glow(330, 520, 560, rgb('fffaf0'), .8)
    v.ridge(820, 60, 3, 320, rgb('c5d8c4'), rgb('e9ecd4'), 120)
    v.ridge(900, 60, 6, 290, rgb('9fc2aa'), rgb('d3e0c0'), 140, trees=40, treecol=rgb('95bba4'))
    v.mist(960, 60, rgb('fbf3df'), .6, 3)

    def hill(x):
        return 1040 - 60 * math.sin(x / 380 + .3)
    v.poly([(x, hill(x)) for x in range(-5, 1010, 5)] + [(1010, h + 5), (-5, h + 5)])
    v.linear(0, 980, 0, h, (0, rgb('a3c47a')), (.5, rgb('5f9a68')), (1, rgb('25655c')))
    v.fill()
    with v.soft(20, .5):
        v.ellipse(430, 1150, 360, 46)
        v.fill(rgb('1d5550'), .9)
    tips = []
    v.branches(540, 1130, 190, -1.62, 58, 212, rgb('4a3835'), depth=8, spread=.50, tips=tips)
    v.spline([(494, 1130), (510, 1090), (516, 1040), (566, 1040), (572, 1090), (596, 1128), (546, 1140)])
    v.fill(rgb('4a3835'))
    v.leaves(tips, 5, [rgb('6f9a6a'), rgb('d99a94'), rgb('f0c0b0'), rgb('fbe3d6'), rgb('fffaf4')], 10, n=6, scatter=2.0, light=(-.7, -.6))
    r = random.Random(6)
    for i in range(900):
        x, t = r.uniform(-5, 1005), r.random()
        y = hill(x) + 8 + t * 380
        s = 16 + 44 * t
        v.line([(x, y), (x + s * .1, y - s * .5), (x + s * r.uniform(-.1, .4), y - s)], mix(mix(rgb('8ab86c'), rgb('d9e08a'), r.random() ** 2), rgb('1d5a50'), t * .8), 1 + 1.6 * t, .8)
    for i in range(170):
        x, t = r.uniform(0, 1000), r.random()
        v.ellipse(x, hill(x) + 20 + t * 330, 7 + 5 * t, 4 + 2 * t, r.uniform(0, 3))
        v.fill(mix(rgb('fffaf4'), rgb('f0b8ac'), r.random()), .9)
    for i in range(26):
        v.ellipse(r.uniform(80, 960), r.uniform(620, 1060), 7, 4, r.uniform(0, 3))
        v.fill(rgb('fdeae2'), .95)


@picture(1400, 1000)
def lato(v):
    h = v.h
    v.sky((0, rgb('4f9aa6')), (.35, rgb('b9d8cb')), (.55, rgb('fbecc8')), (1, rgb('fbecc8')))
    with v.soft(14, .8):
        for x, y, w, t in ((700, 150, 150, 34), (790, 120, 110, 38), (640, 166, 90, 22), (170, 110, 120, 20), (900, 260, 120, 16)):
            v.ellipse(x, y, w, t)
            v.fill(rgb('fffaf0'), .7)
    v.ridge(392, 26, 8, 260, rgb('9fbfae'), rgb('dfe0bb'), 60)
    v.ridge(424, 16, 4, 220, rgb('6f9f88'), rgb('b5c690'), 60, trees=24, treecol=rgb('649681'))
    for k, (yy, a, b) in enumerate(((452, rgb('f0cf7c'), rgb('e0b050')), (490, rgb('f6da8c'), rgb('d9a548')), (536, rgb('e9c060'), rgb('c08a3a')))):
        n = Noise(k + 3, 2)
        v.poly([(-5, h + 5)] + [(x, yy + 16 * n(x / 260)) for x in range(-5, 1010, 5)] + [(1010, h + 5)])
        v.linear(0, yy, 0, yy + 120, (0, a), (1, b))
        v.fill()
        r = random.Random(k)
        for _ in range(380):
            x = r.uniform(0, 1000)
            y = yy + 16 * n(x / 260) + r.uniform(4, 60)
            v.line([(x, y), (x + 3, y - 10 - k * 4)], rgb('fbeab8') if r.random() < .5 else rgb('b07f34'), 1.2, .5)
    v.poly([(-5, 600), (300, 574), (700, 590), (1010, 570), (1010, h + 5), (-5, h + 5)])
    v.linear(0, 570, 0, h, (0, rgb('7fa85c')), (1, rgb('23584a')))
    v.fill()
    with v.soft(14, .6):
        v.ellipse(330, 640, 330, 34)
        v.fill(rgb('123f3f'), .95)
    tips = []
    v.branches(330, 640, 120, -1.55, 52, 208, rgb('43352f'), depth=8, spread=.56, tips=tips)
    v.leaves(tips, 9, [rgb('143f3c'), rgb('1f5a48'), rgb('3f7a4c'), rgb('7fa554'), rgb('c9cf78')], 8.5, n=8, scatter=2.4, light=(.6, -.7))
    for yy in (590, 604):
        v.box(430, yy, 150, 9, 3)
        v.solid(rgb('a86a40'), a1=.4)
    v.box(424, 626, 164, 10, 3)
    v.solid(rgb('8a5434'), a1=.4)
    for x in (440, 562):
        v.box(x, 582, 7, 76, 2)
        v.fill(rgb('26343a'))
    r = random.Random(3)
    for i in range(520):
        x, t = r.uniform(-5, 1005), r.random()
        y = 606 + t * 125
        s = 10 + 34 * t
        v.line([(x, y), (x + s * .1, y - s * .5), (x + s * r.uniform(0, .45), y - s)], mix(rgb('6f9f58'), rgb('143f40'), t * .9), .9 + t * 1.4, .8)
        if r.random() < .09:
            v.ellipse(x + s * .2, y - s, 3 + 3 * t)
            v.fill(r.choice((ORANGE, CREAM, GOLD)))


@picture(1000, 1400)
def jesien(v):
    h = v.h
    v.sky((0, rgb('6d9096')), (.35, rgb('c9b59a')), (.58, rgb('f2d2a0')), (1, rgb('f2d2a0')))
    v.glow(700, 760, 520, rgb('fff0cf'), .8)
    v.ridge(850, 60, 5, 300, rgb('b5a58e'), rgb('e6cba0'), 120)
    v.ridge(930, 50, 9, 260, rgb('9c8060'), rgb('d9b582'), 120, trees=60, treecol=rgb('937a5e'))
    v.mist(1000, 70, rgb('f2dcb4'), .65, 4)
    v.linear(0, 1020, 0, h, (0, rgb('b5854c')), (.4, rgb('7a5a3c')), (1, rgb('2c3436')))
    v.c.rectangle(-5, 1020, 1010, h)
    v.fill()
    v.poly([(690, 1020), (720, 1020), (980, h + 5), (330, h + 5)])
    v.linear(0, 1020, 0, h, (0, rgb('fbe6bf')), (.35, rgb('a9a79a')), (1, rgb('3f5860')))
    v.fill()
    with v.soft(6, .7):
        r = random.Random(9)
        for _ in range(50):
            t = r.random()
            x = 705 - 30 * t + r.uniform(-1, 1) * (15 + 260 * t)
            v.ellipse(x, 1024 + t * 380, 20 + 90 * t, 3 + 7 * t)
            v.fill(rgb('fbe3b8') if r.random() < .6 else rgb('d9843c'), .4)
    tips = []
    v.branches(300, 1180, 210, -1.50, 66, 207, rgb('33282a'), depth=8, spread=.50, droop=.02, tips=tips)
    v.spline([(246, 1190), (266, 1140), (272, 1090), (330, 1090), (336, 1140), (366, 1186), (306, 1196)])
    v.fill(rgb('33282a'))
    v.leaves(tips, 3, [rgb('6d2a22'), rgb('a8402a'), rgb('d4562a'), rgb('ea8a3a'), rgb('f6bd62')], 12, n=6, scatter=2.0, light=(.8, -.35))
    r = random.Random(12)
    for i in range(420):
        x, t = r.uniform(-5, 1005), r.random() ** 1.2
        v.ellipse(x, 1060 + t * 350, 7 + 12 * t, 3 + 5 * t, r.uniform(0, 3))
        v.fill(mix(r.choice([rgb('d4562a'), rgb('ea9a44'), rgb('9c3a22'), rgb('f0b85c')]), rgb('2c2a2c'), t * .35), .9)
    for i in range(46):
        x, y = r.uniform(240, 990), r.uniform(380, 1200)
        v.ellipse(x, y, 12, 6, r.uniform(0, 3))
        v.solid(r.choice([rgb('d4562a'), rgb('ea8a3a'), rgb('c04526')]), a1=.3)


@picture(1000, 1400)
def zima(v):
    h = v.h
    v.sky((0, rgb('5d8799')), (.45, rgb('b5c9cc')), (.62, rgb('f6e0cc')), (1, rgb('f6e0cc')))
    v.glow(690, 760, 420, rgb('fff3e2'), .95)
    v.ellipse(690, 760, 54)
    v.fill(rgb('fffaf2'))
    v.ridge(900, 60, 4, 300, rgb('c3ccd0'), rgb('efe2d6'), 120)
    v.ridge(960, 50, 7, 250, rgb('8fa9b5'), rgb('cfd8da'), 120, trees=70, treecol=rgb('7f9ead'))
    v.mist(1020, 60, rgb('f8ece0'), .7, 4)
    v.poly([(-5, 1090), (300, 1040), (650, 1070), (1010, 1030), (1010, h + 5), (-5, h + 5)])
    v.linear(0, 1030, 0, h, (0, rgb('fbf3ea')), (.5, rgb('c5d5dc')), (1, rgb('7fa2b2')))
    v.fill()
    with v.soft(12, .55):
        v.line([(330, 1150), (200, 1230), (60, 1290), (-40, 1330)], rgb('6f95a8'), 50, .9)
        for x, y in ((700, 1190), (880, 1280), (480, 1330)):
            v.ellipse(x, y, 220, 18, .06)
            v.fill(rgb('8fb0c0'), .5)
    v.branches(350, 1160, 230, -1.52, 62, 210, rgb('2a2b33'), depth=8, spread=.47)
    v.spline([(300, 1168), (318, 1120), (322, 1070), (378, 1070), (384, 1120), (410, 1164), (356, 1174)])
    v.fill(rgb('2a2b33'))
    v.spline([(270, 1176), (320, 1152), (400, 1154), (440, 1178), (350, 1190)], tension=.5)
    v.fill(rgb('f6f0ea'))
    limb(v, [(1010, 520), (860, 548), (700, 520), (560, 556), (470, 540)], 30, 7, rgb('2a2b33'))
    limb(v, [(780, 534), (700, 600), (640, 612)], 12, 4, rgb('2a2b33'))
    v.spline([(1010, 498), (860, 526), (700, 502), (560, 544), (700, 516), (860, 540), (1010, 514)], tension=.5)
    v.fill(rgb('fbf6f0'))
    for x, y, f, s in ((660, 470, 1, 88), (800, 484, -1, 82)):
        c = v.c
        c.save()
        c.translate(x, y)
        c.scale(f * s / 100, s / 100)
        v.spline([(-90, 30), (-140, 62), (-128, 74), (-70, 50)], tension=.4)
        v.fill(rgb('1d2430'))
        v.spline([(-86, 34), (-60, -30), (-10, -66), (40, -62), (58, -30), (50, 20), (10, 56), (-40, 58)], tension=.55)
        v.solid(rgb('d9512f'), a1=.5, down=(-.4, 1))
        v.spline([(-92, 38), (-74, -20), (-30, -56), (-20, -20), (-40, 20)], tension=.55)
        v.solid(rgb('6f7f8a'), a1=.5)
        v.spline([(-24, -52), (0, -86), (44, -88), (66, -58), (54, -40), (20, -46)], tension=.55)
        v.fill(rgb('1d2430'))
        v.poly([(58, -66), (82, -54), (60, -46)])
        v.fill(rgb('3a3a40'))
        v.ellipse(38, -66, 4.5)
        v.fill(CREAM)
        for q in (-4, 14):
            v.line([(q, 54), (q + 2, 74)], rgb('3a2a26'), 4)
        c.restore()
    r = random.Random(5)
    for _ in range(150):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, h), r.uniform(2, 6))
        v.fill(WHITE, r.uniform(.35, .9))


@picture(1400, 1000)
def mgla(v):
    v.sky((0, rgb('3f7f8a')), (.25, rgb('a5c2b8')), (.42, rgb('fbdcae')), (1, rgb('fbdcae')))
    v.glow(360, 270, 420, rgb('fff2d2'), .95)
    v.ellipse(360, 268, 40)
    v.fill(rgb('fffaf0'))
    for k in range(7):
        t = k / 6
        col = mix(rgb('e3c9a2'), rgb('0d3f4b'), t ** .85)
        y = 300 + 360 * t ** 1.15
        v.ridge(y, 34 + 16 * t, 11 + k * 7, 240 - 40 * t, col, mix(col, rgb('fbe3bc'), .75 - .5 * t), 90, trees=(0, 7, 12, 19, 30, 48, 80)[k], treecol=mix(col, DEEP, .1))
        if k < 6:
            v.mist(y + 44, 36, rgb('fbe8c8'), .6 - .3 * t, k)
    v.birds([(600, 170, 11, -.1), (632, 158, 9, .1), (660, 172, 8, 0)], rgb('3a5a62'), .8)


@picture(1400, 1000)
def ptaki(v):
    h, wl = v.h, 450
    v.sky((0, rgb('1f5566')), (.28, rgb('c98d74')), (.48, rgb('f6b878')), (.63, rgb('fbdc9e')), (1, rgb('fbdc9e')))
    v.glow(660, 400, 400, rgb('fff0c8'), .95)
    v.ellipse(660, 392, 46)
    v.fill(rgb('fff6de'))
    with v.soft(9, .7):
        for x, y, w, t in ((230, 210, 240, 8), (780, 170, 260, 9), (480, 290, 300, 7), (930, 300, 150, 6)):
            v.ellipse(x, y, w, t)
            v.fill(rgb('f6a878'), .6)
    v.ridge(432, 12, 5, 220, rgb('8a6a5e'), rgb('c98d68'), 30, trees=22, treecol=rgb('7d645c'))
    v.linear(0, wl, 0, h, (0, rgb('fbd294')), (1, rgb('1f5566')))
    v.c.rectangle(-5, wl, 1010, h)
    v.fill()
    mirror(v, wl, .85, 3, .8)
    v.linear(0, wl, 0, h, (0, NAVY, .05), (1, NAVY, .5))
    v.c.rectangle(-5, wl, 1010, h)
    v.fill()
    ripples(v, wl, 5, 150, [rgb('fff0cf'), rgb('f6b070'), rgb('1f4a5a')], .4)

    def crane(x, y, s, flap):
        c = v.c
        c.save()
        c.translate(x, y)
        c.scale(s, s)
        c.rotate(-.08)
        v.line([(.05, 0), (-.62, .05)], rgb('17303e'), .028)
        limb(v, [(.16, -.02), (.42, -.05), (.66, -.10)], .075, .03, rgb('17303e'))
        v.poly([(.65, -.115), (.80, -.10), (.65, -.082)])
        v.fill(rgb('17303e'))
        v.ellipse(.65, -.105, .032, .026)
        v.fill(ORANGE)
        v.ellipse(0, 0, .24, .075, -.06)
        v.fill(rgb('17303e'))
        v.spline([(.14, -.02), (.10, -.20 * flap), (-.10, -.52 * flap), (-.34, -.74 * flap), (-.22, -.48 * flap), (-.18, -.2 * flap), (-.12, .0)], tension=.5)
        v.fill(rgb('17303e'))
        v.spline([(.14, -.02), (.24, -.22 * flap), (.26, -.50 * flap), (.16, -.78 * flap), (.10, -.5 * flap), (.0, -.2 * flap), (-.06, 0)], tension=.5)
        v.fill(rgb('27475a'))
        c.restore()
    for k, (x, y, s, f) in enumerate(((620, 100, 104, 1), (520, 132, 92, -.55), (430, 172, 84, .9), (345, 220, 74, -.4), (715, 150, 84, .8), (798, 206, 74, -.5), (870, 262, 64, .9), (270, 262, 64, .8))):
        crane(x, y, s, f)
    r = random.Random(7)
    for k in range(90):
        x = r.choice((r.uniform(-10, 260), r.uniform(830, 1010)))
        s = r.uniform(70, 190)
        d = r.uniform(-.1, .25) * s
        v.line([(x, h + 6), (x + d * .3, h - s * .6), (x + d, h - s)], rgb('0b2230'), r.uniform(1.6, 3.2))
        if r.random() < .35:
            v.ellipse(x + d, h - s, 4, 17, .15)
            v.fill(rgb('2a1d1e'))


@picture(1400, 1000)
def kubek(v):
    h, y = v.h, 570
    v.sky((0, rgb('123a4a')), (.6, rgb('3f7078')), (1, rgb('5d7f7c')))
    r = random.Random(6)
    with v.soft(15, .95):
        for _ in range(46):
            x, yy, s = r.uniform(0, 1000), 250 + abs(r.gauss(0, 1)) * 130, r.uniform(14, 44)
            v.ellipse(x, yy, s)
            v.fill(r.choice([rgb('ffb65c'), rgb('f2823c'), rgb('ffe0a0'), rgb('5fb5ae')]), r.uniform(.35, .8))
    for _ in range(240):
        x, yy, s = r.uniform(0, 1000), r.uniform(0, y), r.uniform(1.5, 6)
        if r.random() < .22:
            ln = r.uniform(30, 130)
            v.line([(x, yy - ln), (x + r.uniform(-3, 3), yy - ln / 2), (x, yy)], WHITE, s * .7, .13)
        v.ellipse(x, yy, s * .8, s)
        v.fill(WHITE, .26)
        v.ellipse(x - s * .2, yy + s * .3, s * .35)
        v.fill(WHITE, .6)
    v.box(205, -5, 20, y + 5)
    v.solid(rgb('dcc8a2'), rgb('6d5a48'), a1=.6, down=(1, 0))
    v.box(-5, 150, 1010, 14)
    v.solid(rgb('dcc8a2'), rgb('6d5a48'), a1=.5)
    v.box(-10, y, 1020, h)
    v.linear(0, y, 0, h, (0, rgb('d9b98b')), (.12, rgb('c09a6a')), (1, rgb('6d4a38')))
    v.fill()
    with v.soft(10, .6):
        v.ellipse(660, 634, 210, 20)
        v.fill(INK, .85)
    v.ellipse(600, 626, 170, 20)
    v.solid(rgb('f0e0c0'), a1=.5)
    mug(v, 600, 624, 220, rgb('d4562a'), steam=1.4)
    v.line([(498, 440), (506, 540), (530, 606)], rgb('ffc890'), 9, .4)
    v.spline([(170, 640), (300, 622), (420, 650), (300, 676)], tension=.2)
    v.solid(TEAL, a1=.4)
    v.spline([(176, 632), (300, 612), (416, 640), (300, 662)], tension=.2)
    v.solid(rgb('fbf1dc'), a1=.3)


@picture(1400, 1000)
def kot(v):
    h, y = v.h, 560
    v.sky((0, rgb('1d4a60')), (.35, rgb('b5827a')), (.6, rgb('f6c088')), (1, rgb('f6d6a4')))
    v.glow(300, 430, 380, rgb('ffe6b8'), .8)
    r = random.Random(4)
    for row, (yy, s, col) in enumerate(((400, 90, rgb('a87868')), (460, 120, rgb('5d5f6a')), (530, 160, rgb('27475a')))):
        x = -40
        while x < 1010:
            w = s * r.uniform(.7, 1.2)
            hh = s * r.uniform(.2, .7)
            v.poly([(x, 600), (x, yy - hh), (x + w / 2, yy - hh - w * .38), (x + w, yy - hh), (x + w, 600)])
            v.fill(col)
            v.box(x + w * .68, yy - hh - w * .36, w * .1, w * .3)
            v.fill(col)
            for k in range(3):
                if r.random() < .5:
                    v.box(x + w * (.2 + .25 * k), yy - hh + 12, 9, 13, 1)
                    v.fill(rgb('ffd07c'), .9)
            x += w
    for x in (90, 560, 930):
        v.box(x, -5, 18, y + 5)
        v.solid(rgb('e9d7b3'), rgb('8a6f55'), a1=.6, down=(1, 0))
    v.box(-5, 150, 1010, 13)
    v.solid(rgb('e9d7b3'), rgb('8a6f55'), a1=.4)
    v.box(-10, y, 1020, h)
    v.linear(0, y, 0, h, (0, rgb('f2dcb4')), (.2, rgb('d0ac7c')), (1, rgb('7a5440')))
    v.fill()
    with v.soft(12, .6):
        v.ellipse(470, 628, 300, 22)
        v.fill(INK, .8)
    fur, dark = rgb('d98a4c'), rgb('7a3a20')
    v.spline([(210, 590), (226, 490), (310, 410), (430, 376), (560, 396), (660, 460), (700, 550), (680, 610), (560, 634), (350, 634), (240, 622)], tension=.55)
    v.solid(fur, dark, a1=.7, down=(.1, 1))
    v.spline([(430, 376), (500, 380), (560, 396), (520, 470), (470, 500), (420, 450)], tension=.5)
    v.c.new_path()
    for pts in ([(410, 384), (420, 424), (444, 452)], [(470, 380), (478, 420), (498, 452)], [(530, 390), (534, 428), (550, 458)], [(588, 414), (586, 450), (598, 480)], [(640, 448), (630, 482), (640, 510)]):
        v.line(pts, dark, 14, .5)
    limb(v, [(676, 590), (560, 634), (420, 640), (300, 630), (236, 606)], 58, 34, fur, dark, a1=.5, down=(0, 1))
    for x in (280, 360, 440, 520, 600):
        v.line([(x, 610), (x + 7, 632), (x + 2, 652)], dark, 12, .45)
    with v.soft(11, .75):
        v.ellipse(300, 522, 92, 92)
        v.fill(rgb('5a2414'), .9)
    v.spline([(196, 510), (196, 440), (222, 460), (262, 448), (316, 452), (344, 428), (352, 502), (356, 560), (310, 606), (240, 608), (196, 570)], tension=.5)
    v.solid(mix(fur, CREAM, .24), dark, a1=.45, down=(.2, 1))
    v.ellipse(270, 566, 46, 30)
    v.fill(CREAM, .55)
    v.poly([(206, 476), (204, 452), (226, 468)])
    v.fill(rgb('f0b8a0'))
    v.poly([(326, 462), (340, 442), (343, 480)])
    v.fill(rgb('f0b8a0'))
    for x0 in (234, 300):
        v.spline([(x0 - 17, 532), (x0, 543), (x0 + 17, 532)], close=False)
        v.stroke(rgb('3a1d16'), 4.5)
    v.spline([(262, 554), (276, 554), (269, 564)], tension=.4)
    v.fill(rgb('b8584a'))
    v.line([(269, 564), (262, 574), (252, 572)], rgb('3a1d16'), 3)
    v.line([(269, 564), (276, 574), (286, 572)], rgb('3a1d16'), 3)
    for dy in (-5, 5):
        v.line([(236, 562 + dy * .5), (196, 560 + dy), (160, 562 + dy * 2.4)], CREAM, 1.8, .8)
        v.line([(304, 562 + dy * .5), (344, 560 + dy), (380, 562 + dy * 2.4)], CREAM, 1.8, .8)
    for q in (252, 270, 288):
        v.line([(q, 456), (q + (q - 270) * .1, 484)], dark, 8, .5)
    for k in range(9):
        a = -math.pi / 2 + (k - 4) * .27
        ln = 190 - abs(k - 4) * 14
        x1, y1 = 826 + math.cos(a) * ln, 500 + math.sin(a) * ln
        v.spline([(826, 504), ((826 + x1) / 2 + math.sin(a) * 22, (504 + y1) / 2), (x1, y1), ((826 + x1) / 2 - math.sin(a) * 22, (504 + y1) / 2 + 12)], tension=.8)
        v.solid(mix(rgb('1d5a50'), rgb('86ac7c'), (k % 3) / 2), a1=.6)
    v.spline([(764, 496), (778, 622), (874, 622), (888, 496)], tension=.2)
    v.solid(rgb('0f6b70'), a1=.6, down=(1, .4))
    v.box(756, 484, 140, 26, 6)
    v.solid(rgb('14797d'), a1=.4, down=(1, .3))


@picture(1000, 1400)
def brzozy(v):
    h = v.h
    v.sky((0, rgb('a9c7a0')), (.4, rgb('f2ecc0')), (.65, rgb('fbf3d2')), (1, rgb('fbf3d2')))
    v.glow(520, 760, 460, rgb('fffdf0'), 1)
    r = random.Random(8)
    with v.soft(18, .8):
        for _ in range(60):
            x = r.uniform(0, 1000)
            v.ellipse(x, r.uniform(100, 820) - abs(x - 520) * .1, r.uniform(30, 90), r.uniform(24, 60))
            v.fill(mix(rgb('b9cf8a'), rgb('6fa07a'), min(1, abs(x - 520) / 420) * r.uniform(.4, 1)), .34)
    v.poly([(-5, 900), (300, 880), (520, 872), (760, 882), (1010, 905), (1010, h + 5), (-5, h + 5)])
    v.linear(0, 870, 0, h, (0, rgb('d3d98a')), (.25, rgb('8fb068')), (1, rgb('1d5048')))
    v.fill()
    pts = []
    for t in [k / 40 for k in range(41)]:
        pts.append((520 + 90 * math.sin(t * 3.3) * t, 876 + (h - 870) * t, 10 + 330 * t ** 1.5))
    v.poly([(x - w / 2, y) for x, y, w in pts] + [(x + w / 2, y) for x, y, w in pts[::-1]])
    v.linear(0, 876, 0, h, (0, rgb('fff6d6')), (.4, rgb('e2cf9c')), (1, rgb('8a8a68')))
    v.fill()
    for t, n in ((.06, 16), (.16, 12), (.34, 9), (.62, 5), (1.0, 3)):
        col = mix(rgb('f0efd0'), rgb('f6f1e6'), t)
        haze = mix(rgb('e9e6b4'), col, min(1, .35 + t))
        for k in range(n):
            mid = 520
            x = mid + (1 if k % 2 else -1) * (40 + 300 * t + r.random() * (460 - 240 * t))
            w = 7 + 66 * t * r.uniform(.8, 1.1)
            base = 880 + 420 * t + r.uniform(-12, 12)
            lean = r.uniform(-14, 14)
            shape = [(x - w * .62, base), (x - w * .5, base - 60 * (t + .2)), (x - w * .42 + lean, base * .4), (x - w * .34 + lean * 2, -20),
                     (x + w * .34 + lean * 2, -20), (x + w * .42 + lean, base * .4), (x + w * .5, base - 60 * (t + .2)), (x + w * .62, base)]
            with_shadow = t > .1
            if with_shadow:
                v.poly([(x - w * .5, base - 4), (x + w * .5, base - 4), (x + (x - 520) * .5 + w, base + 130 * t + 20), (x + (x - 520) * .5 - w, base + 130 * t + 20)])
                v.fill(rgb('1d4a40'), .25)
            v.spline(shape, tension=.4)
            v.fill(haze, keep=True)
            s = 1 if x < 520 else -1
            v.shade(x + s * w * .5, 0, x - s * w * .55, 0, rgb('5f6a62'), 0, .5 + .4 * t, keep=True)
            v.c.save()
            v.c.clip()
            for _ in range(int(10 + 16 * t)):
                yy = r.random() ** .8 * base
                ww = w * r.uniform(.2, .7)
                xx = x + lean * (1 - yy / base) * 2 + r.choice((-1, 1)) * w * .5
                v.spline([(xx - ww, yy), (xx, yy - 2.5 - 7 * t), (xx + ww, yy + 1), (xx, yy + 2.5 + 5 * t)], tension=.6)
                v.fill(rgb('2f3838'), .25 + .55 * t)
            v.c.restore()
    tips = [(r.uniform(-20, 1020), r.uniform(-20, 150) + abs(r.gauss(0, 90)), 0) for _ in range(130)]
    v.leaves(tips, 4, [rgb('2c6652'), rgb('5f9460'), rgb('a9c470'), rgb('e2e08c')], 13, n=6, scatter=2.4, light=(0, .9))
    for i in range(700):
        x, t = r.uniform(-5, 1005), r.random()
        y = 905 + t * 500
        mid = 520 + 90 * math.sin(t * 3.3) * t
        if abs(x - mid) < 12 + 165 * t ** 1.4:
            continue
        s = 14 + 70 * t
        v.line([(x, y), (x + s * .1, y - s * .5), (x + s * r.uniform(-.15, .4), y - s)], mix(mix(rgb('b5cc78'), rgb('6fa058'), r.random()), rgb('163f3c'), t * .85), 1 + 2.2 * t, .85)


@picture(1400, 1000)
def noc(v):
    h = v.h
    v.sky((0, rgb('081524')), (.5, rgb('10344a')), (.75, rgb('1f5563')), (1, rgb('1f5563')))
    r = random.Random(31)
    for _ in range(210):
        v.ellipse(r.uniform(0, 1000), r.uniform(0, 430), r.choice((.7, .9, 1.2, 1.8)))
        v.fill(CREAM, r.uniform(.25, .95))
    v.glow(790, 120, 170, rgb('f6e6c0'), .4)
    v.ellipse(790, 120, 44)
    v.fill(rgb('fbf0d6'))
    for x, y, q in ((776, 108, 9), (802, 130, 12), (806, 104, 5), (780, 136, 5)):
        v.ellipse(x, y, q, q * .8)
        v.fill(rgb('e2cfa8'), .6)
    v.ridge(400, 30, 6, 260, rgb('184454'), rgb('22606a'), 60, trees=16, treecol=rgb('164050'))
    for row, (y, s, col, top) in enumerate(((450, 70, rgb('1a4352'), rgb('275662')), (520, 100, rgb('123443'), rgb('1d4a58')), (610, 150, rgb('0c2635'), rgb('163f4e')))):
        x = -40 - row * 20
        while x < 1010:
            w, hh = s * r.uniform(.8, 1.25), s * r.uniform(.35, .75)
            v.box(x, y - hh, w, hh + 200)
            v.fill(col)
            v.poly([(x - w * .06, y - hh), (x + w * .2, y - hh - w * .34), (x + w * .8, y - hh - w * .34), (x + w * 1.06, y - hh)] if r.random() < .5 else
                   [(x - w * .06, y - hh), (x + w / 2, y - hh - w * .46), (x + w * 1.06, y - hh)])
            v.solid(top, a1=.6, down=(-.8, .6))
            v.box(x + w * .64, y - hh - w * .44, w * .1, w * .26)
            v.fill(col)
            for k in range(3):
                for q in range(2):
                    wx, wy = x + w * (.18 + .26 * k), y - hh + s * (.14 + .3 * q)
                    lit = r.random() < .13
                    if lit:
                        v.glow(wx + s * .05, wy + s * .08, s * .5, rgb('ffb654'), .6)
                    v.box(wx, wy, s * .11, s * .16, 1.5)
                    v.fill(rgb('ffdc94') if lit else mix(col, TEAL, .25))
            x += w * r.uniform(.95, 1.1)
        if row < 2:
            v.mist(y + 30, 34, rgb('2f6d76'), .4, row)
    v.linear(0, h * .75, 0, h, (0, INK, 0), (1, INK, .55))
    v.c.paint()


@picture(1200, 240, kind='png', grain=0)
def ozdobnik(v):
    v.color(WHITE)
    v.c.paint()
    v.line([(90, 112), (300, 104), (500, 100), (700, 96), (910, 88)], rgb('0f6b70'), 3.4)
    for k in range(15):
        x = 130 + k * 52
        s = 52 * (1 - abs(k - 7) / 13)
        yk = 111 - (x - 90) * .028
        for sg in (-1, 1):
            a = sg * .95
            ex, ey = x + math.cos(a) * s, yk + math.sin(a) * s
            nx, ny = -math.sin(a) * s * .22, math.cos(a) * s * .22
            v.spline([(x, yk), ((x + ex) / 2 + nx, (yk + ey) / 2 + ny), (ex, ey), ((x + ex) / 2 - nx, (yk + ey) / 2 - ny)], tension=.8)
            v.fill(TEAL if (k + (sg > 0)) % 4 else ORANGE)


@picture(1200, 830, 80)
def kaffe(v):
    h, y = v.h, 470
    v.sky((0, rgb('7fb0ae')), (.4, rgb('f3deb8')), (.6, rgb('fbd3a0')), (1, rgb('fbd3a0')))
    v.glow(560, 300, 360, rgb('fff3d6'), .9)
    v.ridge(250, 90, 5, 210, rgb('8fa9a6'), rgb('efd2a8'), 150)
    v.ridge(300, 80, 11, 180, rgb('4f8088'), rgb('b7bda2'), 120, trees=16, treecol=rgb('3f6f79'))
    v.linear(0, 372, 0, y, (0, rgb('f7d6a6')), (1, rgb('6fa0a2')))
    v.c.rectangle(-5, 372, 1010, y - 372)
    v.fill()
    mirror(v, 372, .5, 2.4, .7)
    ripples(v, 372, 5, 60, [rgb('fff0d2'), rgb('bcd8d0')], .35)
    # the window's frame and a curtain at either side
    for x, w in ((-5, 40), (486, 22), (965, 40)):
        v.box(x, -5, w, y + 5)
        v.solid(rgb('f3e6cb'), rgb('8a6d52'), a1=.5, down=(1, 0))
    v.box(-5, 128, 1010, 14)
    v.solid(rgb('f3e6cb'), rgb('8a6d52'), a1=.5)
    for flip in (1, -1):
        v.c.save()
        v.c.translate(0 if flip == 1 else 1000, 0)
        v.c.scale(flip, 1)
        v.spline([(-20, -20), (190, -20), (176, 120), (120, 250), (84, 330), (92, 470), (-20, 490)], tension=.4)
        v.solid(rgb('d4562a'), a1=.55, down=(-1, .4))
        for k in range(4):
            v.line([(30 + k * 42, -10), (26 + k * 34, 150), (18 + k * 20, 330)], mix(RUST, INK, .2), 3, .28)
        v.spline([(60, 318), (112, 322), (104, 342), (56, 340)], tension=.3)
        v.fill(rgb('f6dfb8'))
        v.c.restore()
    # the table
    v.box(-10, y, 1020, h)
    v.linear(0, y, 0, h, (0, rgb('e6c79a')), (.2, rgb('c89b66')), (1, rgb('7d5238')))
    v.fill()
    for k in range(5):
        v.line([(-10, y + 26 + k * 48), (500, y + 32 + k * 50), (1010, y + 24 + k * 48)], rgb('6d4630'), 1.6, .3)
    with v.soft(12, .6):
        for x, yy, w in ((250, 612, 90), (560, 556, 110), (500, 654, 176), (782, 602, 90)):
            v.ellipse(x + 14, yy + 6, w, 17)
            v.fill(INK, .7)
    # a coffee pot in the middle, behind
    v.line([(640, 430), (690, 436), (694, 496), (640, 520)], rgb('1d4a58'), 17)
    v.poly([(500, 420), (452, 396), (444, 414), (498, 470)])
    v.solid(rgb('14505b'), a1=.4)
    v.spline([(510, 372), (492, 470), (470, 552), (560, 566), (650, 552), (636, 470), (618, 372)], tension=.3)
    v.solid(rgb('14606a'), a1=.65, down=(.9, .3))
    v.spline([(504, 376), (530, 342), (564, 334), (598, 342), (624, 376)], tension=.5)
    v.solid(rgb('14505b'), a1=.5, down=(.9, .2))
    v.ellipse(564, 330, 13, 11)
    v.fill(GOLD)
    v.line([(520, 400), (508, 470), (498, 530)], WHITE, 7, .3)
    # a plate with buns
    v.ellipse(500, 638, 172, 34)
    v.solid(rgb('f6ead2'), a1=.4)
    v.ellipse(500, 632, 136, 23)
    v.fill(rgb('e3d2b0'))
    for x, yy, s in ((446, 606, 64), (552, 608, 64), (498, 586, 62)):
        v.ellipse(x, yy, s, s * .56)
        v.solid(rgb('c98440'), rgb('6d3a20'), a1=.7, down=(.5, 1))
        pts = [(x + math.cos(t) * s * (.72 - t * .07), yy - 3 + math.sin(t) * s * (.36 - t * .035)) for t in [k * .4 for k in range(22)]]
        v.line(pts, rgb('7d4424'), 3.6, .7)
        r = random.Random(int(x))
        for _ in range(12):
            v.box(x + r.uniform(-.6, .5) * s, yy - 8 + r.uniform(-.3, .2) * s, 5, 4, 1)
            v.fill(rgb('fff6e4'), .9)
    mug(v, 252, 616, 150, rgb('f0b04c'), steam=1.2, handle=-1)
    mug(v, 782, 606, 150, rgb('d4562a'), steam=1.2)
    v.line([(196, 490), (200, 550), (214, 596)], WHITE, 6, .35)
    v.line([(726, 480), (730, 540), (744, 586)], rgb('ffc890'), 6, .4)


@picture(1800, 780, 80)
def przystanek(v):
    h = v.h
    v.sky((0, rgb('2f6f7c')), (.3, rgb('8fb5ab')), (.52, rgb('f6d7a6')), (.62, rgb('fbc98e')), (1, rgb('fbc98e')))
    v.glow(770, 236, 330, rgb('fff1d0'), .95)
    v.ellipse(770, 226, 24)
    v.fill(rgb('fffaf0'))
    v.ridge(232, 26, 8, 230, rgb('b5ab98'), rgb('f3d2a4'), 60)
    v.ridge(256, 22, 3, 190, rgb('7f9f98'), rgb('dcc69c'), 60, trees=14, treecol=rgb('6d9490'))
    v.mist(270, 20, rgb('fbe2b8'), .6, 4)
    v.ridge(284, 12, 6, 260, rgb('8aa468'), rgb('c9b872'), 90, trees=26, treecol=rgb('4c7a68'))
    # the field, then the road that comes round a bend
    v.poly([(-5, 296), (1005, 290), (1005, h + 5), (-5, h + 5)])
    v.linear(0, 290, 0, h, (0, rgb('c8bc6c')), (.4, rgb('7f9c58')), (1, rgb('2c5a48')))
    v.fill()
    v.spline([(640, 297), (700, 300), (716, 308), (690, 322), (600, 342), (420, 368), (120, 380), (-60, 382), (-60, 346), (120, 345), (420, 336), (570, 321), (640, 312), (652, 304)], tension=.45)
    v.solid(rgb('6f7c7e'), rgb('2b3f49'), a1=.5, down=(-.8, .6))
    mid = [(662, 312), (600, 330), (430, 351), (160, 362), (-30, 364)]
    for k in range(16):
        t = (k / 16) ** 1.0 * 3.9
        i, u = int(t), t - int(t)
        x0, y0 = (mid[i][q] * (1 - u) + mid[i + 1][q] * u for q in (0, 1))
        t += .1
        i, u = int(t), t - int(t)
        x1, y1 = (mid[i][q] * (1 - u) + mid[min(i + 1, 4)][q] * u for q in (0, 1))
        v.line([(x0, y0), (x1, y1)], CREAM, .9 + k * .22, .85)
    # the bus, still small, with its lights on
    bx, by, s = 510, 350, 82
    with v.soft(6, .6):
        v.ellipse(bx + 6, by + 2, s * .8, 8)
        v.fill(INK, .8)
    v.box(bx - s * .72, by - s * .86, s * 1.44, s * .82, 9)
    v.solid(rgb('d4562a'), a1=.55, down=(1, .5))
    v.box(bx - s * .72, by - s * .38, s * 1.44, s * .12)
    v.fill(rgb('fbe3b6'))
    for k in range(4):
        v.box(bx - s * .42 + k * s * .275, by - s * .76, s * .23, s * .31, 4)
        v.linear(0, by - s * .76, 0, by - s * .45, (0, rgb('fff0c4')), (1, rgb('ffcf80')))
        v.fill()
    v.box(bx - s * .70, by - s * .76, s * .22, s * .42, 4)
    v.linear(0, by - s * .76, 0, by - s * .34, (0, rgb('dff0ea')), (1, rgb('8fb9b3')))
    v.fill()
    for x in (bx - s * .40, bx + s * .42):
        v.ellipse(x, by - s * .04, s * .125)
        v.fill(INK)
        v.ellipse(x, by - s * .04, s * .055)
        v.fill(rgb('9fb3b5'))
    v.glow(bx - s * .74, by - s * .16, 66, rgb('ffe6a0'), .9)
    v.ellipse(bx - s * .70, by - s * .16, 4.6, 6)
    v.fill(WHITE)
    # the shelter with two people waiting, and the sign
    x, y = 112, 408
    with v.soft(9, .5):
        v.ellipse(x + 90, y + 6, 190, 10)
        v.fill(INK, .8)
    v.box(x - 62, y - 170, 290, 170)
    v.fill(rgb('cfe4dc'), .34)
    for k in (-62, 78, 218):
        v.box(x + k, y - 176, 10, 178)
        v.solid(rgb('17414e'), a1=.4, down=(1, 0))
    v.spline([(x - 92, y - 176), (x - 84, y - 196), (x + 250, y - 196), (x + 260, y - 176)], tension=.2)
    v.solid(rgb('0f6b70'), a1=.5)
    v.box(x - 40, y - 48, 246, 10, 3)
    v.solid(rgb('9c5a3a'), a1=.5)
    for k in (-20, 180):
        v.box(x + k, y - 40, 7, 40)
        v.fill(rgb('17414e'))

    def waiting(px, coat, legs, hair, style, flip):
        limb(v, [(px, y - 54), (px + flip * 34, y - 52), (px + flip * 37, y - 4)], 25, 15, legs)
        v.spline([(px + flip * 29, y - 7), (px + flip * 56, y - 7), (px + flip * 58, y + 1), (px + flip * 29, y + 1)], tension=.3)
        v.fill(mix(legs, INK, .6))
        v.spline([(px - 20, y - 46), (px - 22, y - 92), (px - 12, y - 122), (px + 12, y - 122), (px + 20, y - 90), (px + 20, y - 44)], tension=.5)
        v.solid(coat, a1=.6, down=(-flip * .9, .4))
        limb(v, [(px + flip * 2, y - 110), (px + flip * 8, y - 78), (px + flip * 32, y - 66)], 17, 12, mix(coat, CREAM, .1))
        v.ellipse(px + flip * 35, y - 65, 6, 5)
        v.fill(SKIN)
        v.box(px - 6, y - 132, 12, 16, 4)
        v.fill(SKIN2)
        head_side(v, px + flip * 1, y - 148, 38, hair, flip=flip, style=style)
    waiting(x + 8, rgb('efb350'), rgb('22404e'), GREYHAIR, 'bun', 1)
    waiting(x + 112, rgb('14606a'), rgb('3a2f38'), HAIR, 'short', 1)
    v.box(x + 152, y - 60, 34, 14, 3)
    v.fill(rgb('b8412a'))
    v.box(x + 290, y - 216, 6, 218)
    v.fill(rgb('17414e'))
    v.ellipse(x + 293, y - 226, 25)
    v.solid(rgb('f3c35e'), a1=.4)
    v.box(x + 281, y - 236, 24, 17, 4)
    v.fill(rgb('17414e'))
    v.box(x + 283, y - 233, 20, 7, 1)
    v.fill(rgb('f3c35e'))
    for k in (286, 300):
        v.ellipse(x + k, y - 219, 3)
        v.fill(rgb('17414e'))
    # a birch by the road
    tips = []
    v.branches(868, 400, 70, -math.pi / 2 - .05, 15, 12, rgb('e9dcc4'), depth=6, spread=.42, tips=tips)
    v.leaves(tips, 4, [rgb('2c5a48'), rgb('7f8f3c'), rgb('e0a53e'), rgb('f6cf70')], 7, n=5)
    r = random.Random(2)
    for _ in range(60):
        v.ellipse(r.uniform(0, 1000), r.uniform(404, h), r.uniform(1.6, 3.4))
        v.fill(r.choice([rgb('fbf1dc'), rgb('f0b04c'), rgb('d4562a')]), .9)
    v.grass(h - 2, 9, [rgb('1d4a3e'), rgb('2f6a4c'), rgb('4c8058')], 420, 30)
    v.birds([(610, 90, 9, -.1), (634, 82, 7, .1), (656, 92, 6, 0)], rgb('2b4a52'), .75)


def finish(v, grain, seed):
    a = np.ndarray((v.ph, v.surface.get_stride() // 4, 4), 'uint8', v.surface.get_data())[:, :v.pw, 2::-1].astype('float32')
    if grain:
        r = np.random.default_rng(seed)
        small = r.standard_normal((v.ph // 2 + 1, v.pw // 2 + 1)).astype('float32')
        noise = np.asarray(Image.fromarray(small).resize((v.pw, v.ph), Image.BICUBIC))
        a += noise[:, :, None] * grain
        a += (r.random((v.ph, v.pw, 1), 'float32') - .5)      # against banding
    return Image.fromarray(np.clip(a + .5, 0, 255).astype('uint8'), 'RGB')


def main(names):
    for i, (name, (draw, w, h, quality, grain, kind)) in enumerate(PICTURES.items()):
        if names and name not in names:
            continue
        v = Canvas(w, h, w / 1000)
        draw(v)
        v.surface.flush()
        image = finish(v, grain, 100 + i)
        path = os.path.join(HERE, name + '.' + kind)
        if kind == 'png':
            image.quantize(128, dither=Image.Dither.NONE).convert('RGB').save(path, optimize=True)
        else:
            image.save(path, quality=quality, optimize=True, progressive=False, subsampling=2, dpi=(300, 300))
        print(f'{name}.{kind}', w, h, os.path.getsize(path))


if __name__ == '__main__':
    main(sys.argv[1:])
