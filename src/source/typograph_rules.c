/* The tables of typograph.c, a language a block. A unit or abbreviation that is
 * also a common word (m, l, w, s) stands only where a digit is its neighbour. */
#include "source/typograph_rules.h"

#include "base/language.h"

#define W(word) STR_INIT(word)

/* Of the International System and its neighbours, in every language. */
#define COMMON_UNITS                                                                               \
	W("mg"), W("g"), W("kg"), W("µg"), W("μg"), W("ng"), W("ml"), W("dl"), W("l"), W("mm"),    \
		W("cm"), W("m"), W("km"), W("µm"), W("ha"), W("gy"), W("sv"), W("mbq"), W("mmol"), \
		W("mmhg"), W("kcal"), W("kj"), W("kb"), W("mb"), W("gb"), W("tb"), W("hz"),        \
		W("w"), W("kw"), W("v"), W("%"), W("‰"), W("°c"), W("°"), W("€"), W("eur"),        \
		W("usd"), W("h"), W("min")

static const struct str no_words[] = { { "", 0 } };

static const struct str pl_short[] = {
	W("do"),  W("na"),  W("od"),  W("po"),  W("we"),   W("ze"),  W("za"),  W("ku"),
	W("że"),  W("bo"),  W("by"),  W("iż"),  W("co"),   W("to"),  W("nie"), W("się"),
	W("dla"), W("bez"), W("nad"), W("pod"), W("przy"), W("ale"), W("lub"), W("czy"),
	W("jak"), W("aż"),  W("tu"),  W("są"),  { "", 0 },
};
static const struct str pl_before[] = {
	W("dr"),   W("prof."), W("hab."), W("mgr"),  W("lek."),  W("inż."), W("ks."),
	W("św."),  W("ul."),   W("al."),  W("pl."),  W("os."),   W("np."),  W("tj."),
	W("zob."), W("por."),  W("tzw."), W("tzn."), W("m.in."), W("im."),  W("gen."),
	W("płk"),  W("red."),  W("med."), W("n."),   W("woj."),  W("pow."), W("gm."),
	W("wg"),   W("ww."),   W("ok."),  W("pt."),  W("dot."),  W("doc."), W("bp"),
	W("abp"),  W("o."),    W("pn."),  W("ds."),  W("ps."),   { "", 0 },
};
static const struct str pl_before_digit[] = {
	W("nr"),     W("s."),   W("str."), W("t."),    W("rys."),  W("tab."),    W("art."),
	W("ust."),   W("pkt"),  W("poz."), W("godz."), W("r."),    W("tel."),    W("tel"),
	W("rozdz."), W("ok."),  W("lok."), W("m."),    W("par."),  W("§"),       W("roku"),
	W("latach"), W("lata"), W("lat"),  W("wiek"),  W("tom"),   W("część"),   W("cz."),
	W("lit."),   W("dz."),  W("u."),   W("min."),  W("maks."), W("stopnia"), { "", 0 },
};
static const struct str pl_units[] = {
	COMMON_UNITS, W("mln"),  W("mld"),   W("tys."), W("tys"),  W("zł"),  W("gr"),
	W("pln"),     W("lat"),  W("lata"),  W("dni"),  W("r."),   W("w."),  W("godz."),
	W("min."),    W("sek."), W("s"),     W("szt."), W("osób"), W("os."), W("pkt"),
	W("proc."),   W("st."),  W("wieku"), W("wiek"), W("roku"), W("rok"), { "", 0 },
};
static const struct str pl_after[] = { W("itd."), W("itp."),  W("itd"),
				       W("itp"),  W("i in."), { "", 0 } };
static const struct str pl_months[] = {
	W("stycznia"),  W("lutego"),  W("marca"),    W("kwietnia"), W("maja"),
	W("czerwca"),   W("lipca"),   W("sierpnia"), W("września"), W("października"),
	W("listopada"), W("grudnia"), { "", 0 },
};

static const struct str nb_before[] = {
	W("dr."), W("prof."), W("f.eks."), W("bl.a."), W("dvs."), W("ca."),  W("jf."),  W("st."),
	W("kl."), W("hr."),   W("ifm."),   W("mht."),  W("pga."), W("iht."), { "", 0 },
};
static const struct str nb_before_digit[] = {
	W("nr."),  W("nr"),   W("s."),   W("kl."),      W("kap."), W("pkt."), W("tlf."),
	W("tlf"),  W("fig."), W("tab."), W("bd."),      W("§"),    W("art."), W("kr"),
	W("side"), W("ca."),  W("år"),   W("postboks"), { "", 0 },
};
static const struct str nb_units[] = {
	COMMON_UNITS, W("kr"),        W("kroner"),     W("nok"),  W("mill."),
	W("mrd."),    W("millioner"), W("milliarder"), W("år"),   W("dager"),
	W("prosent"), W("pst."),      W("t"),          W("stk."), { "", 0 },
};
static const struct str nb_after[] = { W("osv."), W("o.l."), W("m.m."), W("mv."), { "", 0 } };
static const struct str nb_months[] = {
	W("januar"),   W("februar"),  W("mars"),   W("april"),     W("mai"),
	W("juni"),     W("juli"),     W("august"), W("september"), W("oktober"),
	W("november"), W("desember"), { "", 0 },
};

static const struct str uk_short[] = {
	W("до"),  W("на"),  W("не"),  W("за"),  W("із"),  W("зі"),  W("що"),
	W("це"),  W("по"),  W("та"),  W("як"),  W("чи"),  W("від"), W("для"),
	W("під"), W("над"), W("без"), W("при"), W("але"), W("або"), { "", 0 },
};
static const struct str uk_before[] = {
	W("див."), W("ім."), W("вул."),  W("пл."),   W("просп."), W("бул."), W("м."),  W("проф."),
	W("д-р"),  W("св."), W("напр."), W("акад."), W("обл."),   W("т."),   W("зв."), { "", 0 },
};
static const struct str uk_before_digit[] = {
	W("№"),     W("с."),   W("стор."), W("ст."),   W("п."),    W("рис."),
	W("табл."), W("тел."), W("буд."),  W("кв."),   W("розд."), W("гл."),
	W("§"),     W("том"),  W("року"),  W("роках"), { "", 0 },
};
static const struct str uk_units[] = {
	COMMON_UNITS, W("мг"),  W("г"),    W("кг"),    W("мкг"),  W("мл"),     W("л"),    W("мм"),
	W("см"),      W("м"),   W("км"),   W("гр"),    W("грн"),  W("тис."),   W("млн"),  W("млрд"),
	W("р."),      W("рр."), W("ст."),  W("років"), W("роки"), W("рік"),    W("року"), W("днів"),
	W("дні"),     W("год"), W("год."), W("хв"),    W("хв."),  W("злотих"), { "", 0 },
};
static const struct str uk_after[] = { W("тощо"), W("і т. д."), { "", 0 } };
static const struct str uk_months[] = {
	W("січня"),     W("лютого"), W("березня"), W("квітня"),  W("травня"),
	W("червня"),    W("липня"),  W("серпня"),  W("вересня"), W("жовтня"),
	W("листопада"), W("грудня"), { "", 0 },
};

static const struct str de_before[] = {
	W("dr."), W("prof."), W("bzw."), W("vgl."), W("z."),  W("d."),   W("u."),
	W("s."),  W("st."),   W("frau"), W("herr"), W("ca."), { "", 0 },
};
static const struct str de_before_digit[] = {
	W("nr."),  W("s."),   W("bd."), W("kap."), W("abb."),     W("tab."), W("tel."),
	W("art."), W("abs."), W("§"),   W("ca."),  W("postfach"), { "", 0 },
};
static const struct str de_units[] = {
	COMMON_UNITS, W("mio."), W("mrd."),    W("tsd."), W("jahre"), W("jahren"),
	W("tage"),    W("uhr"),  W("prozent"), W("std."), { "", 0 },
};
static const struct str de_after[] = { W("usw."), W("etc."), W("ff."), W("f."), { "", 0 } };
static const struct str de_months[] = {
	W("januar"),   W("februar"),  W("märz"),   W("april"),     W("mai"),
	W("juni"),     W("juli"),     W("august"), W("september"), W("oktober"),
	W("november"), W("dezember"), { "", 0 },
};

static const struct str en_before[] = {
	W("dr"),   W("dr."), W("prof."), W("mr"), W("mr."),  W("mrs"),
	W("mrs."), W("ms"),  W("ms."),   W("st"), W("st."),  W("e.g."),
	W("i.e."), W("cf."), W("vs."),   W("c."), { "", 0 },
};
static const struct str en_before_digit[] = {
	W("no."), W("nos."),  W("p."),   W("pp."),  W("fig."), W("figs."), W("tab."),    W("vol."),
	W("ch."), W("sect."), W("tel."), W("art."), W("§"),    W("page"),  W("chapter"), { "", 0 },
};
static const struct str en_units[] = { COMMON_UNITS, W("million"), W("billion"), W("thousand"),
				       W("years"),   W("days"),    W("a.m."),    W("p.m."),
				       W("am"),      W("pm"),      { "", 0 } };
static const struct str en_after[] = { W("etc."), { "", 0 } };
static const struct str en_months[] = {
	W("january"),  W("february"), W("march"),  W("april"),     W("may"),
	W("june"),     W("july"),     W("august"), W("september"), W("october"),
	W("november"), W("december"), { "", 0 },
};

static const struct typograph_rules languages[] = {
	{ .language = W("en"),
	  .quotes = { 0x201C, 0x201D, 0x2018, 0x2019 },
	  .single = { 0x2018, 0x2019 },
	  .dash_binds_left = true,
	  .one_letter = W(""),
	  .short_words = no_words,
	  .before = en_before,
	  .before_digit = en_before_digit,
	  .units = en_units,
	  .after = en_after,
	  .months = en_months },
	{ .language = W("pl"),
	  .quotes = { 0x201E, 0x201D, 0x00BB, 0x00AB },
	  .single = { 0x201A, 0x2019 },
	  .dash_binds_left = true,
	  .one_letter = W("aiouwz"),
	  .short_words = pl_short,
	  .before = pl_before,
	  .before_digit = pl_before_digit,
	  .units = pl_units,
	  .after = pl_after,
	  .months = pl_months },
	{ .language = W("nb"),
	  .quotes = { 0x00AB, 0x00BB, 0x2018, 0x2019 },
	  .single = { 0x2018, 0x2019 },
	  .dash_binds_left = true,
	  .one_letter = W(""),
	  .short_words = no_words,
	  .before = nb_before,
	  .before_digit = nb_before_digit,
	  .units = nb_units,
	  .after = nb_after,
	  .months = nb_months },
	{ .language = W("uk"),
	  .quotes = { 0x00AB, 0x00BB, 0x201E, 0x201C },
	  .single = { 0x201E, 0x201C },
	  .dash_binds_left = true,
	  .one_letter = W("абвзійоуєя"),
	  .short_words = uk_short,
	  .before = uk_before,
	  .before_digit = uk_before_digit,
	  .units = uk_units,
	  .after = uk_after,
	  .months = uk_months },
	{ .language = W("de"),
	  .quotes = { 0x201E, 0x201C, 0x201A, 0x2018 },
	  .single = { 0x201A, 0x2018 },
	  .dash_binds_left = true,
	  .one_letter = W(""),
	  .short_words = no_words,
	  .before = de_before,
	  .before_digit = de_before_digit,
	  .units = de_units,
	  .after = de_after,
	  .months = de_months },
};

const struct typograph_rules *typograph_rules(struct str language)
{
	struct str first = language_primary(language);
	if (str_equal_nocase(first, STR("no")) || str_equal_nocase(first, STR("nn")))
		first = STR("nb");
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (str_equal_nocase(languages[i].language, first))
			return &languages[i];
	return &languages[0];
}

bool typograph_listed(const struct str *list, struct str word)
{
	/* Asked for every word: hardly any agrees in length and first byte. */
	for (; list->len; list++)
		if (list->len == word.len && list->ptr[0] == word.ptr[0] && str_equal(*list, word))
			return true;
	return false;
}
