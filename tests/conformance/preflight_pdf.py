"""A small press file, object by object, that tests of the preflight spoil on purpose."""

METADATA = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">a</rdf:li></rdf:Alt>
</dc:title><xmp:CreateDate>2026-03-17T08:00:00Z</xmp:CreateDate><xmp:ModifyDate>2026-03-17T08:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2026-03-17T08:00:00Z</xmp:MetadataDate><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:0</xmpMM:DocumentID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
PROFILE = "/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc"
FONT = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
STATES = ("/G<</OP true/op true/OPM 1>>/N<</OP false/op false/OPM 0>>/W<</OP true/op true/OPM 0>>")


def box(values):
    return "[%s]" % " ".join("%.3f" % v for v in values)


class Press:
    """media: how far the sheet reaches beyond the bleed; second: trim of a second page;
    image: entries and samples; loose: the font's file is missing; sheets: what each of
    several pages has of its own (content, trim, bleed, page)."""

    def __init__(self, content, version="1.6", metadata=METADATA, info="/Trapped/False", identified=True,
                 catalog="", intents=1, trim=(8.504, 8.504, 603.78, 850.394), bleed=(0, 0, 612.284, 858.898),
                 media=0, page="", second=None, states="", spaces="", font="NotoSans", loose=False, image=None,
                 profile=None, sheets=None):
        self.objects, self.version, self.identified, self.info = [], version, identified, info
        data = profile or open(PROFILE, "rb").read()
        sheet = (-media, -media, 612.284 + media, 858.898 + media)
        icc = self.stream("/N 4", data)
        described = "" if loose else "/FontFile2 %d 0 R" % self.stream("", open(FONT, "rb").read())
        descriptor = self.add("<</Type/FontDescriptor/FontName/AAAAAA+%s/Flags 4/FontBBox[0 0 1000 1000]/Ascent 900"
                              "/Descent -200/ItalicAngle 0/CapHeight 700/StemV 80%s>>" % (font, described))
        below = self.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+%s/CIDSystemInfo<</Registry(Adobe)"
                         "/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 600>>"
                         % (font, descriptor))
        cmap = self.stream("", b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange "
                               b"<0000><FFFF> endcodespacerange 1 beginbfrange <0001><00FF><0041> endbfrange "
                               b"endcmap end end")
        top = self.add("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
                       "/ToUnicode %d 0 R>>" % (font, below, cmap))
        picture = "/XObject<</I %d 0 R>>" % self.stream(*image) if image else ""
        resources = "/Resources<</Font<</F %d 0 R>>/ExtGState<<%s%s>>/ColorSpace<<%s>>%s>>" % (
            top, STATES, states, spaces.replace("90 0 R", "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 1 1 0]>>"),
            picture)
        tree, kids = len(self.objects) + 2 * len(sheets or []) + 1, []
        for own in sheets or []:
            contents = self.stream("", own.get("content", content).encode())
            edge = own.get("trim", trim)
            kids.append(self.add("<</Type/Page/Parent %d 0 R/MediaBox%s/BleedBox%s%s/Contents %d 0 R%s%s>>" % (
                tree, box(sheet), box(own.get("bleed", bleed)), "/TrimBox" + box(edge) if edge else "", contents,
                resources, own.get("page", page))))
        if not sheets:
            contents = self.stream("", content.encode())
            tree = len(self.objects) + (2 if second is None else 3)
        for own in [] if sheets else [trim] + ([second] if second else []):
            kids.append(self.add("<</Type/Page/Parent %d 0 R/MediaBox%s/BleedBox%s%s/Contents %d 0 R%s%s>>" % (
                tree, box(sheet), box(bleed if own is trim else grown(own)), "/TrimBox" + box(own) if own else "",
                contents, resources, page)))
        assert self.add("<</Type/Pages/Count %d/Kids[%s]>>" % (
            len(kids), " ".join("%d 0 R" % k for k in kids))) == tree
        described = self.stream("/Type/Metadata/Subtype/XML", metadata.encode())
        intent = ("<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)/RegistryName"
                  "(http://www.color.org)/Info(FOGRA39)/DestOutputProfile %d 0 R>>" % icc)
        self.root = self.add("<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/OutputIntents[%s]%s>>" % (
            tree, described, intent * intents, catalog.replace("3 0 R", "%d 0 R" % kids[0])))

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, entries, data):
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(data), data))

    def bytes(self):
        info = self.add("<</Title(a)%s>>" % self.info)
        out, offsets = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % self.version.encode(), []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
        own = b"/ID[<00><00>]" if self.identified else b""
        return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R/Info %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
            len(offsets) + 1, table, len(offsets) + 1, self.root, info, own, len(out))


def grown(trim):
    return trim[0] - 8.504, trim[1] - 8.504, trim[2] + 8.504, trim[3] + 8.504
