#!/usr/bin/python3
"""Draws every picture of the issue, the same each time.

    ./draw.py            all of them
    ./draw.py okladka    those named

A picture is a function with @picture(width, height) in pixels; inside it one
unit is a thousandth of the width, whatever the pixels. Light comes first,
then layers from far to near, then grain. Needs python3-cairo, -numpy, -pil."""
import io
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


def picture(width, height, quality=88, grain=2.2, kind='jpg'):
    def register(draw):
        PICTURES[draw.__name__] = (draw, width, height, quality, grain, kind)
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


SOFT_LIGHT, MULTIPLY, SCREEN = cairo.OPERATOR_SOFT_LIGHT, cairo.OPERATOR_MULTIPLY, cairo.OPERATOR_SCREEN


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
    v.spline([(-.04, -.842), (-.105, -.812), (-.128, -.74), (-.108, -.60), (-w, hem + .02), (-w * .6, hem - .008),
              (0, hem - .012), (w * .6, hem - .006), (w, hem + .02), (.108, -.60), (.128, -.74), (.105, -.812), (.04, -.842)])
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
    v.spline([(-.05, -.848), (0, -.835), (.05, -.848), (.045, -.868), (0, -.858), (-.045, -.868)])
    v.fill(mix(coat, CREAM, .25))
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


@picture(2600, 3650, quality=90, grain=2.2)
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
    ex0, ey0, ex1, ey1 = 470, 176, 650, 352            # the end wall

    def at(x, y, t):                                   # from the picture's edge (t=0) to the end wall (t=1)
        k = 1 / (1 + t * 4.55)
        return vx + (x - vx) * k, vy + (y - vy) * k
    L, R, T, B = -259, 1559, -242, 735                 # the section of the corridor at t = 0
    # ceiling, floor, walls
    v.poly([at(L, T, -.1), at(R, T, -.1), at(R, T, 1), at(L, T, 1)])
    v.linear(0, 0, 0, 180, (0, rgb('5f8a88')), (1, rgb('e8dcc2')))
    c.fill()
    v.poly([at(L, B, -.1), at(R, B, -.1), at(R, B, 1), at(L, B, 1)])
    v.linear(0, ey1, 0, h, (0, rgb('fbe9cb')), (.25, rgb('d9bf98')), (1, rgb('7d9a92')))
    c.fill()
    v.poly([at(L, T, -.1), at(L, T, 1), at(L, B, 1), at(L, B, -.1)])
    v.linear(0, 0, ex0, 0, (0, rgb('2f7377')), (1, rgb('cfd0bb')))
    c.fill()
    v.poly([at(R, T, -.1), at(R, T, 1), at(R, B, 1), at(R, B, -.1)])
    v.linear(1000, 0, ex1, 0, (0, rgb('c9a77b')), (.55, rgb('efd9b4')), (1, rgb('fbeed6')))
    c.fill()
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
    v.glow(585, 250, 90, rgb('fff'  'fff'), 1)
    for y, col, seed in ((288, rgb('d7cdb0'), 1), (300, rgb('a9bfae'), 2), (315, rgb('7fa89f'), 5)):
        n = Noise(seed, 2)
        v.spline([(440, 360)] + [(x, y + 12 * n(x / 60)) for x in range(460, 680, 12)] + [(690, 360)], tension=.4)
        v.fill(col)
    c.restore()
    for x in (530, 590):
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
        c.fill_preserve()
        c.save()
        c.clip()
        n = Noise(int(t0 * 1000), 3)
        xs = [q[0][0] + (q[1][0] - q[0][0]) * i / 14 for i in range(-1, 17)]
        yb = (q[2][1] + q[3][1]) / 2
        hh = abs(q[3][1] - q[0][1])
        v.poly([(x, yb - hh * .30 + n(x / 40) * hh * .10) for x in xs] + [(xs[-1], yb + hh), (xs[0], yb + hh)])
        v.fill(rgb('a8c2ae'), .75)
        v.poly([(x, yb - hh * .16 + n(x / 22 + 9) * hh * .10) for x in xs] + [(xs[-1], yb + hh), (xs[0], yb + hh)])
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
        c.fill()
    # a bench and a plant at the right wall
    p0, p1 = .145, .222
    q = [at(R - 20, 560, p0), at(R - 20, 560, p1), at(R - 190, 560, p1), at(R - 190, 560, p0)]
    for xx, tt in ((R - 40, p0 + .004), (R - 180, p0 + .004), (R - 180, p1 - .004)):
        v.poly([at(xx, 560, tt), at(xx, 730, tt)], False)
        v.stroke(rgb('3b4a4c'), 5)
    v.poly(q)
    v.solid(rgb('b8693f'), a1=.3)
    v.poly([q[3], q[2], (q[2][0], q[2][1] + 9), (q[3][0], q[3][1] + 11)])
    v.fill(rgb('8a4a2c'))
    # two people; shadows come toward us
    fx, fy = 532, 523
    with v.soft(6, .5):
        for dx, w in ((-48, 34), (52, 36)):
            v.poly([(fx + dx - w, fy - 2), (fx + dx + w, fy - 2), (fx + dx * 1.9 + w * 1.6, h + 60), (fx + dx * 1.9 - w * 1.7, h + 60)])
            v.linear(0, fy, 0, h, (0, rgb('24484d'), .95), (1, rgb('24484d'), .25))
            c.fill()
    walker(v, fx - 48, fy, 308, rgb('0f6b70'), rgb('1c3446'), rgb('3a2523'), stride=.9, long=True, bun=True, light=1, bag=rgb('e2a35a'))
    walker(v, fx + 54, fy + 3, 326, rgb('d4562a'), rgb('2c3f4c'), rgb('a79d94'), stride=.55, flip=-1, light=-1, lean=.008)
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
    c.fill()
    # our hill
    def hill(x):
        return 486 - 34 * math.exp(-((x - 330) / 330) ** 2) + 20 * ((x - 330) / 670) ** 2
    v.poly([(x, hill(x)) for x in range(-5, 1010, 5)] + [(1010, h + 5), (-5, h + 5)])
    v.linear(0, 450, 0, h, (0, rgb('7d9a66')), (.3, rgb('4f7a5c')), (1, rgb('16454a')))
    c.fill()
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
    with v.soft(0.9, 1):
        pass
    v.branches(206, hill(206) + 14, 118, -1.44, 46, 77, rgb('3d2f2e'), depth=8, spread=.50, droop=.03, tips=tips)
    tips = [t for t in tips if t[1] < 330]
    v.spline([(176, 490), (186, 462), (190, 430), (222, 430), (228, 462), (252, 486), (214, 482)])
    v.fill(rgb('3d2f2e'))
    v.leaves(tips, 8, [rgb('173f42'), rgb('1f5450'), rgb('4d6f4d'), rgb('a77a3e'), rgb('d98a3c'), rgb('f0b765')], 6.4, n=5, scatter=2.0, light=(.95, -.05))
    for i in range(26):                               # leaves let go
        x, y = r.uniform(230, 760), r.uniform(250, 520)
        v.ellipse(x, y, 5.2, 2.6, r.uniform(0, TAU))
        v.fill(mix(rgb('d9772f'), rgb('f0b765'), r.random()), .95)
    # the bench and two on it
    bx, by = 470, hill(470) + 22
    with v.soft(5, .55):
        v.poly([(bx - 90, by + 6), (bx + 92, by + 6), (bx + 20, h + 20), (bx - 250, h + 20)])
        v.linear(0, by, 0, h, (0, INK, .9), (1, INK, .15))
        c.fill()
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


# @@MORE@@


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
