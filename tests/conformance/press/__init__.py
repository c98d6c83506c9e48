"""An independent preflight of a press file. It knows nothing of glos: files are read
by qpdf, MuPDF, poppler and Ghostscript. Rules carry the numbers of the GWG 2022
specification for sheet-fed offset; those of the house have names."""
