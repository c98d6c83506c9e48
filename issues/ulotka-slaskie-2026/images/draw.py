#!/usr/bin/python3
"""Draws the pictures of the leaflet, the same each time.

    ./draw.py            all of them
    ./draw.py fasada     those named

The tools are those of issues/2026-1/images/draw.py: one unit is a thousandth of
the width, light comes first, then layers from far to near, then grain. The
cover is a wall as wide as the trimmed page with its bleed; the two pictures of
the inner pages are one room, cut where the pages meet, with the bleed of each
drawn from the other. Needs python3-cairo, -numpy, -pil."""
import importlib.util
import math
import os
import random
import sys

import cairo

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location('tools', os.path.join(HERE, '../../2026-1/images/draw.py'))
tools = importlib.util.module_from_spec(SPEC)
sys.dont_write_bytecode = True
SPEC.loader.exec_module(tools)
rgb, mix, limb, mug, walker, head_side = tools.rgb, tools.mix, tools.limb, tools.mug, tools.walker, tools.head_side
tools.HERE = HERE
tools.PICTURES.clear()
picture = tools.picture

# The leaflet's own palette: night, brick, the light of a lamp.
NIGHT, DUSK = rgb('1b2a3d'), rgb('3a4a63')
BRICK, RED, CLAY = rgb('8a3a2e'), rgb('b5402f'), rgb('c96a4a')
LAMP, HONEY, CREAM = rgb('f8c84b'), rgb('f0a93a'), rgb('fdf3d6')
STONE, LEAF, WOOD = rgb('b9a88f'), rgb('4f6b4a'), rgb('a8683f')
SKIN, DARKHAIR, GREYHAIR, WHITE = rgb('dba07a'), rgb('3a2622'), rgb('d8d2c8'), (1, 1, 1)

PAGE_WIDTH, BLEED = 148.0, 3.0
UNIT = 1000 / (PAGE_WIDTH + 2 * BLEED)     # of a page with its bleed, per millimetre


# --- the wall ------------------------------------------------------------------

def bricks(v, x0, y0, x1, y1, seed, tone, course=8.6, length=25.0, joint=1.0, lit=None):
    """Courses in half bond; tone(x, y) gives the colour of a brick before its own hue."""
    r = random.Random(seed)
    v.box(x0, y0, x1 - x0, y1 - y0)
    v.fill(mix(tone((x0 + x1) / 2, (y0 + y1) / 2), NIGHT, .45))
    y, row = y0, 0
    while y < y1:
        x = x0 - (length / 2 if row % 2 else 0)
        while x < x1:
            left, right = max(x, x0), min(x + length - joint, x1)
            if right > left:
                col = tone((left + right) / 2, y)
                col = mix(col, NIGHT if r.random() < .5 else CLAY, abs(r.gauss(0, .10)))
                v.box(left, y, right - left, min(course - joint, y1 - y))
                v.fill(col)
            x += length
        y += course
        row += 1


def arch(v, x, y, w, h, rise):
    """A window's shape: upright sides, a flat arch above; x, y its upper left."""
    c = v.c
    c.new_path()
    c.move_to(x, y + h)
    c.line_to(x, y + rise)
    c.curve_to(x + w * .25, y - rise * .35, x + w * .75, y - rise * .35, x + w, y + rise)
    c.line_to(x + w, y + h)
    c.close_path()


def window_frame(v, x, y, w, h, rise, col):
    """A cross of wood with a fanlight; the panes are painted already."""
    bar = w * .045
    for px in (x + w / 2,):
        v.box(px - bar / 2, y, bar, h)
        v.solid(col, a1=.35)
    v.box(x, y + h * .34, w, bar)
    v.solid(col, a1=.35)
    arch(v, x + bar / 2, y + bar / 2, w - bar, h - bar, rise)
    v.stroke(col, bar)


def surround(v, x, y, w, h, rise, glow=0.0):
    """The painted reveal: a band of red around the opening, a sill of stone below."""
    band = w * .13
    arch(v, x - band, y - band, w + 2 * band, h + band, rise)
    v.fill(mix(mix(RED, NIGHT, .30), CLAY, glow), keep=True)
    v.shade(x, y - band, x + w, y + h, NIGHT, 0, .42 * (1 - glow))
    n = 9
    for i in range(n + 1):                       # joints of the arch
        t = i / n
        px = x - band + (w + 2 * band) * t
        lift = rise * 1.08 * (1 - (2 * t - 1) ** 2)
        v.line([(px, y + rise - lift - band * .9), (mix((px,), (x + w / 2,), .10)[0], y + rise - lift + band * .2)],
               NIGHT, 1.1, .38)
    v.box(x - band * 1.35, y + h, w + band * 2.7, band * .62)
    v.solid(mix(mix(STONE, NIGHT, .42), LAMP, glow * .35), a1=.5)


def dark_window(v, x, y, w, h, rise, seed, curtain=0, plant=False, cat=False):
    r = random.Random(seed)
    surround(v, x, y, w, h, rise)
    v.c.save()
    arch(v, x, y, w, h, rise)
    v.c.clip()
    v.linear(x, y, x + w * .6, y + h, (0, mix(DUSK, CREAM, .12)), (.45, DUSK), (1, NIGHT))
    v.c.paint()
    v.poly([(x + w * .1, y + h), (x + w * (.55 + .1 * r.random()), y - 10), (x + w * .8, y - 10), (x + w * .3, y + h)])
    v.fill(CREAM, .07)
    if curtain:
        for side in (0, 1):
            px = x if side == 0 else x + w
            s = 1 if side == 0 else -1
            v.spline([(px, y - 10), (px + s * w * .34, y - 10), (px + s * w * (.30 if curtain == 1 else .40), y + h * .5),
                      (px + s * w * .12, y + h + 6), (px, y + h + 6)], tension=.4)
            v.solid(mix(CREAM, DUSK, .55), DUSK, a1=.7, down=(s * .9, .3))
    if plant:
        pot(v, x + w * .28, y + h - 2, w * .2, r)
        pot(v, x + w * .74, y + h - 2, w * .17, r, leaves=7)
    if cat:
        cat_on_sill(v, x + w * .30, y + h, w * .44)
    v.c.restore()
    window_frame(v, x, y, w, h, rise, mix(CREAM, DUSK, .45))


def pot(v, x, y, s, r, leaves=9, shade=.45):
    for i in range(leaves):
        a = -math.pi / 2 + (i / (leaves - 1) - .5) * 2.1
        length = s * r.uniform(1.2, 1.9)
        v.c.save()
        v.c.translate(x, y - s * .7)
        v.c.rotate(a)
        v.spline([(0, 0), (length * .5, -s * .17), (length, 0), (length * .5, s * .17)])
        v.fill(mix(mix(LEAF, rgb('7d9a5b'), r.random()), NIGHT, shade))
        v.c.restore()
    v.poly([(x - s * .5, y - s * .8), (x + s * .5, y - s * .8), (x + s * .38, y), (x - s * .38, y)])
    v.solid(mix(CLAY, NIGHT, shade), a1=.5, down=(.8, .3))


def cat_on_sill(v, x, y, s):
    col = mix(NIGHT, (0, 0, 0), .25)
    v.spline([(x - s * .34, y), (x - s * .38, y - s * .45), (x - s * .16, y - s * .86), (x + s * .16, y - s * .86),
              (x + s * .34, y - s * .4), (x + s * .32, y)])
    v.fill(col)
    v.ellipse(x, y - s * 1.05, s * .25, s * .22)
    v.fill(col)
    for k in (-1, 1):
        v.poly([(x + k * s * .24, y - s * 1.06), (x + k * s * .21, y - s * 1.42), (x + k * s * .04, y - s * 1.22)])
        v.fill(col)
        v.ellipse(x + k * s * .09, y - s * 1.07, s * .035, s * .05)
        v.fill(LAMP)
    v.line([(x + s * .3, y - s * .05), (x + s * .62, y - s * .08), (x + s * .66, y - s * .38)], col, s * .12)


def silhouette(v, x, y, s, flip, col, style='short'):
    """Head and shoulders against the light; y is where the table hides the rest."""
    c = v.c
    c.save()
    c.translate(x, y)
    c.scale(s * flip, s)
    v.spline([(-.36, .02), (-.35, -.36), (-.18, -.56), (.08, -.56), (.25, -.36), (.29, .02)])
    v.fill(col)
    v.box(-.10, -.68, .17, .20, .05)
    v.fill(col)
    v.spline([(-.15, -.98), (.02, -1.04), (.15, -.96), (.165, -.87), (.205, -.80), (.165, -.765), (.155, -.69),
              (.05, -.64), (-.09, -.66), (-.17, -.78)])
    v.fill(col)
    if style == 'bun':
        v.ellipse(-.19, -.93, .075)
        v.fill(col)
    if style == 'long':
        v.spline([(-.02, -1.03), (-.20, -.96), (-.23, -.72), (-.20, -.48), (-.06, -.50), (-.05, -.80)])
        v.fill(col)
    limb(v, [(.12, -.44), (.30, -.20), (.50, -.13)], .15, .09, col, col, 0)
    c.restore()


def lit_window(v, x, y, w, h, rise):
    surround(v, x, y, w, h, rise, glow=.75)
    v.c.save()
    arch(v, x, y, w, h, rise)
    v.c.clip()
    v.radial(x + w * .5, y + h * .40, w * 1.15, (0, mix(CREAM, WHITE, .5)), (.30, mix(LAMP, CREAM, .45)), (.75, LAMP), (1, HONEY))
    v.c.paint()
    # the lamp, the two at the table, what stands on it
    cx = x + w * .5
    v.line([(cx, y - 10), (cx, y + h * .38)], BRICK, w * .018, smooth=False)
    v.spline([(cx - w * .20, y + h * .52), (cx - w * .12, y + h * .42), (cx, y + h * .39), (cx + w * .12, y + h * .42), (cx + w * .20, y + h * .52)], tension=.55)
    v.solid(RED, a1=.5, down=(.8, .2))
    v.glow(cx, y + h * .60, w * .45, mix(CREAM, WHITE, .6), .85)
    shade = mix(BRICK, NIGHT, .35)
    silhouette(v, x + w * .225, y + h * .90, w * .42, 1, shade, 'bun')
    silhouette(v, x + w * .775, y + h * .90, w * .42, -1, mix(BRICK, NIGHT, .55), 'short')
    v.box(x, y + h * .865, w, h * .14)
    v.solid(mix(WOOD, BRICK, .4), a1=.4)
    mug(v, cx - w * .10, y + h * .868, w * .085, RED, steam=1, steamcol=CREAM)
    mug(v, cx + w * .10, y + h * .868, w * .085, NIGHT, steam=1, handle=-1, steamcol=CREAM)
    v.c.restore()
    window_frame(v, x, y, w, h, rise, mix(CREAM, LAMP, .25))


@picture(1900, 1542, quality=82, grain=1.6)
def fasada(v):
    w, h = v.w, v.h
    cols = (108, 324, 540, 756)
    ww, wh, rise = 136, 216, 24
    rows = (118, 452)
    lx, ly = cols[2], rows[0]
    gx, gy = lx + ww / 2, ly + wh / 2

    def tone(x, y):
        near = math.exp(-((x - gx) ** 2 + ((y - gy) * .9) ** 2) / (2 * 185 ** 2))
        night = min(.74, .50 + .16 * abs(x - 560) / 560 + .10 * y / h)
        return mix(mix(BRICK, NIGHT, night), mix(CLAY, LAMP, .18), near * .80)

    bricks(v, 0, 0, w, h, 3, tone)
    # the cornice: a band, teeth, a band
    for y, hh, dark in ((0, 9, .15), (40, 8, .35)):
        v.box(0, y, w, hh)
        v.fill(mix(mix(STONE, NIGHT, .55), NIGHT, dark))
    x = 2
    while x < w:
        v.box(x, 11, 14, 27)
        v.solid(mix(tone(x, 20), CLAY, .12), a1=.45)
        v.box(x + 14, 11, 11, 27)
        v.fill(mix(NIGHT, (0, 0, 0), .25), .75)
        x += 25
    v.linear(0, 48, 0, 84, (0, NIGHT, .55), (1, NIGHT, 0))
    v.box(0, 48, w, 40)
    v.fill()
    # a string course between the storeys
    for y in (404,):
        v.box(0, y, w, 11)
        v.solid(mix(STONE, NIGHT, .52), a1=.35)
        v.box(0, y + 11, w, 7)
        v.fill(NIGHT, .35)
    dark_window(v, cols[0], rows[0], ww, wh, rise, 1, curtain=1)
    dark_window(v, cols[1], rows[0], ww, wh, rise, 2, plant=True)
    dark_window(v, cols[3], rows[0], ww, wh, rise, 4, curtain=2)
    dark_window(v, cols[0], rows[1], ww, wh, rise, 5, plant=True, curtain=1)
    dark_window(v, cols[1], rows[1], ww, wh, rise, 6, cat=True)
    dark_window(v, cols[3], rows[1], ww, wh, rise, 8, curtain=1)
    door(v, cols[2] - 8, rows[1] - 16, ww + 16, h - 46 - rows[1] + 16)
    lit_window(v, lx, ly, ww, wh, rise)
    # plinth and pavement
    v.box(0, 742, w, 24)
    v.solid(mix(STONE, NIGHT, .60), a1=.4)
    v.linear(0, 766, 0, h, (0, mix(DUSK, NIGHT, .35)), (1, mix(NIGHT, (0, 0, 0), .15)))
    v.box(0, 764, w, h - 764)
    v.fill()
    r = random.Random(8)
    for _ in range(46):
        x, y = r.uniform(0, w), r.uniform(768, h)
        v.ellipse(x, y, r.uniform(8, 18), 1.6)
        v.fill(CREAM, .05)
    # light from the door over the step and the pavement
    dx = cols[2] + ww / 2
    v.box(dx - 92, 742, 184, 13)
    v.solid(mix(STONE, LAMP, .30), a1=.25)
    v.box(dx - 104, 754, 208, 14)
    v.solid(mix(STONE, NIGHT, .35), a1=.3)
    with v.soft(7, .9):
        v.poly([(dx - 92, 768), (dx + 100, 768), (dx + 150, h + 20), (dx - 210, h + 20)])
        v.linear(0, 768, 0, h, (0, LAMP, .62), (1, LAMP, .22))
        v.c.fill()
    v.glow(gx, gy, 330, LAMP, .34)
    # who comes, well above where the sheet is cut
    with v.soft(4, .7):
        v.ellipse(dx - 132, h - 35, 40, 5)
        v.fill((0, 0, 0), .6)
    walker(v, dx - 122, h - 36, 184, RED, NIGHT, GREYHAIR, stride=.55, long=True, bun=True, bag=None, flip=1)
    v.linear(0, 0, w, 0, (0, NIGHT, .38), (.30, NIGHT, 0), (.86, NIGHT, 0), (1, NIGHT, .30))
    v.c.paint()


def door(v, x, y, w, h):
    """Ajar: the light of the stairs falls out."""
    rise = 30
    band = w * .12
    arch(v, x - band, y - band, w + 2 * band, h + band, rise)
    v.fill(mix(mix(RED, NIGHT, .18), CLAY, .3), keep=True)
    v.shade(x, y - band, x + w, y + h, NIGHT, 0, .25)
    v.c.save()
    arch(v, x, y, w, h, rise)
    v.c.clip()
    v.linear(0, y, 0, y + h, (0, mix(LAMP, CREAM, .35)), (1, HONEY))
    v.c.paint()
    for i in range(4):                            # the first stairs
        yy = y + h - 16 * i
        v.box(x + w * .40 + 7 * i, yy - 16, w, 16)
        v.solid(mix(HONEY, CLAY, .25 + .12 * i), a1=.25)
    v.poly([(x, y - 20), (x + w * .42, y + 2), (x + w * .42, y + h), (x, y + h)])
    v.solid(mix(LEAF, NIGHT, .45), NIGHT, a1=.5, down=(-.9, .2))
    for k in range(3):                            # panels of the leaf
        yy = y + 50 + k * (h - 70) / 3
        v.poly([(x + w * .07, yy), (x + w * .35, yy + 6), (x + w * .35, yy + (h - 110) / 3), (x + w * .07, yy + (h - 110) / 3 - 2)])
        v.fill(NIGHT, .28)
    v.ellipse(x + w * .375, y + h * .56, 3.6)
    v.fill(LAMP)
    v.c.restore()
    arch(v, x, y, w, h, rise)
    v.stroke(mix(CREAM, DUSK, .35), 3.5)


# --- the room -------------------------------------------------------------------

TABLE = 352                                       # its top edge


def seated(v, x, s, coat, hair, flip, style, skin=SKIN, reach=.62, hand=-.06, scarf=None, tilt=.05):
    """Someone at the table in profile, down to its edge; s: from table to crown."""
    c = v.c
    y = TABLE
    far = mix(coat, NIGHT, .38)
    limb(v, [(x + flip * s * .10, y - s * .50), (x + flip * s * .26, y - s * .17), (x + flip * s * (reach - .06), y + hand * s - s * .02)],
         s * .17, s * .10, far)
    v.spline([(x - flip * s * .30, y + 40), (x - flip * s * .31, y - s * .30), (x - flip * s * .17, y - s * .58),
              (x + flip * s * .06, y - s * .58), (x + flip * s * .20, y - s * .34), (x + flip * s * .22, y + 40)])
    v.solid(coat, a1=.65, down=(-flip * .8, .4))
    v.box(x - s * .085 - flip * s * .02, y - s * .72, s * .16, s * .24, s * .04)
    v.fill(mix(skin, CLAY, .45))
    head_side(v, x + flip * s * .015, y - s * .80, s * .42, hair, flip=flip, style=style, skin=skin, tilt=tilt)
    if scarf:
        v.spline([(x - flip * s * .17, y - s * .58), (x, y - s * .63), (x + flip * s * .13, y - s * .56), (x + flip * s * .10, y - s * .47), (x - flip * s * .12, y - s * .49)])
        v.solid(scarf, a1=.45)
    limb(v, [(x - flip * s * .06, y - s * .46), (x + flip * s * .06, y - s * .14), (x + flip * s * reach, y + hand * s)],
         s * .20, s * .115, mix(coat, WHITE, .08), down=(-flip * .3, .9))
    v.ellipse(x + flip * s * (reach + .035), y + hand * s + s * .005, s * .062, s * .05)
    v.fill(skin)
    c.new_path()


def pendant(v, x, y, s):
    v.line([(x, -10), (x, y - s * .4)], NIGHT, 3, smooth=False)
    v.spline([(x - s, y + s * .18), (x - s * .62, y - s * .30), (x, y - s * .46), (x + s * .62, y - s * .30), (x + s, y + s * .18)], tension=.55)
    v.solid(RED, a1=.6, down=(.8, .3))
    v.ellipse(x, y + s * .18, s, s * .10)
    v.fill(mix(CREAM, WHITE, .5))
    with v.soft(10, .55):
        v.poly([(x - s * .9, y + s * .2), (x + s * .9, y + s * .2), (x + s * 3.3, TABLE + 8), (x - s * 3.3, TABLE + 8)])
        v.linear(0, y, 0, TABLE, (0, mix(CREAM, WHITE, .4), .85), (1, CREAM, .10))
        v.c.fill()
    v.glow(x, y + s * .5, s * 3.6, mix(LAMP, WHITE, .5), .45)


def shelf(v, x, y, w, seed):
    r = random.Random(seed)
    v.box(x, y, w, 8)
    v.solid(WOOD, a1=.45)
    px = x + 8
    while px < x + w - 46:
        bw, bh = r.uniform(9, 19), r.uniform(40, 66)
        v.box(px, y - bh, bw, bh, 1.5)
        v.solid(r.choice([BRICK, NIGHT, RED, DUSK, LEAF, CREAM, CLAY]), a1=.45, down=(.9, .2))
        v.box(px + bw * .25, y - bh * .8, bw * .5, 5)
        v.fill(CREAM, .8)
        px += bw + 1.5
    pot(v, x + w - 22, y, 26, r, shade=.08)


def night_window(v, x, y, w, h):
    """The wall opposite, at night."""
    v.box(x - 10, y - 10, w + 20, h + 20)
    v.solid(mix(CREAM, WHITE, .4), a1=.25)
    v.c.save()
    v.box(x, y, w, h)
    v.c.clip()
    v.linear(0, y, 0, y + h, (0, NIGHT), (1, mix(DUSK, BRICK, .2)))
    v.c.paint()
    v.glow(x + w * .76, y + h * .20, 26, CREAM, .5)
    v.ellipse(x + w * .76, y + h * .20, 11)
    v.fill(CREAM)
    def tone(px, py):
        return mix(BRICK, NIGHT, .45)
    bricks(v, x - 4, y + h * .50, x + w * .60, y + h + 4, 5, tone, course=5, length=14, joint=.8)
    v.poly([(x - 10, y + h * .52), (x + w * .28, y + h * .34), (x + w * .66, y + h * .52)])
    v.solid(mix(NIGHT, BRICK, .25), a1=.4)
    v.box(x + w * .10, y + h * .30, 12, 30)
    v.fill(mix(BRICK, NIGHT, .5))
    for i, lit in ((0, False), (1, True)):
        wx = x + 12 + i * 46
        v.box(wx - 4, y + h * .62 - 4, 30, 40)
        v.fill(mix(RED, NIGHT, .35))
        v.box(wx, y + h * .62, 22, 34)
        v.fill(LAMP if lit else DUSK)
    # the winding tower of an old mine: two legs, two wheels
    tx, ty = x + w * .80, y + h * .42
    col = mix(DUSK, CREAM, .38)
    for a, b in (((tx - 26, y + h), (tx - 6, ty)), ((tx + 8, y + h), (tx + 6, ty)), ((tx + 30, y + h), (tx + 6, ty + 8))):
        v.line([a, b], col, 4, smooth=False)
    for k in (0, 1, 2):
        yy = ty + 22 + 20 * k
        v.line([(tx - 8 - 4 * k, yy), (tx + 8, yy + 12)], col, 2.4, smooth=False)
    for k in (-10, 12):
        v.ellipse(tx + k, ty - 6, 13)
        v.stroke(col, 3)
        for q in range(3):
            a = q * math.pi / 3
            v.line([(tx + k - 12 * math.cos(a), ty - 6 - 12 * math.sin(a)), (tx + k + 12 * math.cos(a), ty - 6 + 12 * math.sin(a))], col, 1.2, smooth=False)
    v.c.restore()
    v.box(x + w / 2 - 3, y, 6, h)
    v.fill(mix(CREAM, WHITE, .4))
    v.box(x, y + h * .36, w, 5)
    v.fill(mix(CREAM, WHITE, .4))
    v.box(x - 22, y + h + 8, w + 44, 12)
    v.solid(mix(CREAM, STONE, .35), a1=.4)
    r = random.Random(4)
    pot(v, x + 26, y + h + 9, 32, r, shade=.05)
    pot(v, x + w - 22, y + h + 9, 26, r, leaves=7, shade=.05)


def clock(v, x, y, s):
    v.ellipse(x, y, s)
    v.solid(NIGHT, a1=.2)
    v.ellipse(x, y, s * .86)
    v.fill(mix(CREAM, WHITE, .5))
    for k in range(12):
        a = k * math.pi / 6
        v.line([(x + s * .70 * math.sin(a), y - s * .70 * math.cos(a)), (x + s * .78 * math.sin(a), y - s * .78 * math.cos(a))], NIGHT, 1.6, smooth=False)
    for a, r, wd in ((4.2 * math.pi / 6, .45, 3), (24 * math.pi / 30, .66, 2)):
        v.line([(x, y), (x + s * r * math.sin(a), y - s * r * math.cos(a))], NIGHT, wd, smooth=False)


def board(v, x, y, w, h):
    """Cork with notes."""
    v.box(x - 6, y - 6, w + 12, h + 12)
    v.solid(WOOD, a1=.4)
    v.box(x, y, w, h)
    v.solid(mix(CLAY, CREAM, .55), a1=.3)
    r = random.Random(3)
    for px, py, s, col in ((.08, .10, 44, CREAM), (.38, .16, 34, LAMP), (.66, .08, 46, WHITE), (.14, .58, 38, mix(RED, CREAM, .55)), (.50, .54, 50, CREAM)):
        v.c.save()
        v.c.translate(x + w * px + s / 2, y + h * py + s / 2)
        v.c.rotate(r.uniform(-.09, .09))
        v.box(-s / 2, -s * .42, s, s * .84)
        v.fill(col)
        for q in range(3):
            v.line([(-s * .34, -s * .2 + q * s * .17), (s * (.34 if q < 2 else .1), -s * .2 + q * s * .17)], DUSK, 1.6, .7, smooth=False)
        v.ellipse(0, -s * .36, 3)
        v.fill(RED)
        v.c.restore()


def room(v):
    """Both pages: 302 mm of a room with a long table."""
    w, h = (2 * PAGE_WIDTH + 2 * BLEED) * UNIT, v.h
    v.linear(0, 0, 0, h, (0, mix(HONEY, CLAY, .30)), (.55, mix(LAMP, CREAM, .45)), (1, mix(LAMP, CLAY, .25)))
    v.box(-10, -10, w + 20, h + 20)
    v.fill()
    # panelling below, a rail
    v.box(-10, 262, w + 20, h)
    v.solid(mix(CLAY, HONEY, .45), a1=.25)
    v.box(-10, 256, w + 20, 8)
    v.solid(mix(CREAM, CLAY, .30), a1=.3)
    x = 10
    while x < w:
        v.box(x, 264, 2, 120)
        v.fill(BRICK, .16)
        x += 54
    night_window(v, 92, 62, 190, 178)
    clock(v, 372, 96, 30)
    shelf(v, 770, 128, 160, 7)
    shelf(v, 770, 218, 160, 11)
    board(v, 1012, 62, 180, 132)
    shelf(v, 1690, 150, 190, 5)
    pendant(v, 566, 104, 62)
    pendant(v, 1470, 104, 62)
    # the table
    chairs = ((330, 1), (840, -1), (1235, 1), (1750, -1))
    for cx, k in chairs:
        v.box(cx - 26, 258, 52, 130, 12)
        v.solid(mix(WOOD, NIGHT, .35), a1=.5)
    # left page: the one who listens, the one who came; right page: a couple, and a volunteer
    seated(v, 372, 212, mix(NIGHT, DUSK, .3), DARKHAIR, 1, 'bun', reach=.60)
    seated(v, 772, 204, RED, GREYHAIR, -1, 'short', reach=.66, scarf=CREAM)
    seated(v, 1262, 208, mix(LEAF, NIGHT, .12), GREYHAIR, 1, 'short', skin=rgb('c98a66'), reach=.58)
    seated(v, 1728, 208, mix(CREAM, STONE, .25), rgb('7a3b24'), -1, 'long', reach=.62)
    seated(v, 1590, 196, DUSK, DARKHAIR, -1, 'short', skin=rgb('c98a66'), reach=.50, hand=-.06)
    v.box(-10, TABLE, w + 20, 18)
    v.solid(mix(WOOD, CREAM, .25), a1=.25)
    v.box(-10, TABLE + 18, w + 20, h)
    v.solid(mix(WOOD, BRICK, .45), NIGHT, a1=.6)
    for y in (TABLE + 34, TABLE + 52):
        v.line([(-10, y), (w * .3, y + 4), (w * .7, y - 3), (w + 10, y + 2)], BRICK, 1.4, .35)
    mug(v, 540, TABLE + 6, 34, CREAM, steam=1)
    mug(v, 622, TABLE + 8, 34, NIGHT, steam=1, handle=-1)
    papers(v, 694, TABLE + 4, 62)
    teapot(v, 1432, TABLE + 6, 56)
    mug(v, 1352, TABLE + 8, 32, RED, steam=1, handle=-1)
    mug(v, 1520, TABLE + 8, 32, CREAM, steam=1)
    cake(v, 882, TABLE + 6, 80)
    papers(v, 1880, TABLE + 4, 58)
    v.linear(0, 0, 0, h, (0, BRICK, .22), (.35, BRICK, 0), (.8, NIGHT, 0), (1, NIGHT, .22))
    v.box(-10, -10, w + 20, h + 20)
    v.fill()


def papers(v, x, y, s):
    for i, col in enumerate((mix(DUSK, NIGHT, .2), CREAM, WHITE)):
        v.poly([(x - s * .6 + i * 5, y - 3 * i), (x + s * .5 + i * 3, y - 3 * i), (x + s * .6 + i * 3, y + 7 - 3 * i), (x - s * .7 + i * 5, y + 7 - 3 * i)])
        v.solid(col, a1=.15)


def teapot(v, x, y, s):
    v.c.new_path()
    v.c.arc(x - s * .52, y - s * .45, s * .26, 0, tools.TAU)
    v.stroke(mix(NIGHT, DUSK, .3), s * .10)
    limb(v, [(x + s * .36, y - s * .30), (x + s * .58, y - s * .46), (x + s * .72, y - s * .74)], s * .22, s * .10, mix(NIGHT, DUSK, .3))
    v.spline([(x - s * .50, y - s * .40), (x - s * .30, y - s * .78), (x + s * .30, y - s * .78), (x + s * .50, y - s * .40), (x + s * .34, y), (x - s * .34, y)])
    v.solid(mix(NIGHT, DUSK, .35), a1=.5, down=(.9, .3))
    v.ellipse(x, y - s * .80, s * .32, s * .08)
    v.solid(mix(DUSK, CREAM, .2), a1=.3)
    v.ellipse(x, y - s * .90, s * .08)
    v.solid(LAMP, a1=.4)


def cake(v, x, y, s):
    v.ellipse(x, y - 2, s * .62, 7)
    v.solid(mix(CREAM, WHITE, .5), a1=.3)
    v.spline([(x - s * .44, y - 4), (x - s * .40, y - s * .34), (x, y - s * .44), (x + s * .40, y - s * .34), (x + s * .44, y - 4)], tension=.5)
    v.solid(mix(WOOD, BRICK, .25), a1=.5)
    v.spline([(x - s * .42, y - s * .22), (x - s * .36, y - s * .36), (x, y - s * .45), (x + s * .36, y - s * .36), (x + s * .42, y - s * .22), (x + s * .2, y - s * .26), (x, y - s * .18), (x - s * .2, y - s * .27)])
    v.fill(mix(CREAM, WHITE, .6))


ROOM_HEIGHT = 802


@picture(1900, ROOM_HEIGHT, quality=84, grain=1.4)
def pokoj_lewy(v):
    room(v)


@picture(1900, ROOM_HEIGHT, quality=84, grain=1.4)
def pokoj_prawy(v):
    v.c.translate(-PAGE_WIDTH * UNIT, 0)
    room(v)


if __name__ == '__main__':
    tools.main(sys.argv[1:])
