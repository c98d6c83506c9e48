# glos. `make demo` shows everything, `make check` tests it; both install what is
# missing from Debian first. `make` alone builds the program.
#
#   BUILD=release|asan|tsan|cov  flavour; each has its own folder below build/
#   WERROR=1                 warnings are errors (as in CI)
#   V=1                      show the commands

VERSION := 0.1.0
BUILD ?= release
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= gcc
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

# ---- what Debian 12 has to have ------------------------------------------

DEPS_BUILD := gcc make pkg-config libc6-dev libhpdf-dev libcmark-gfm-dev \
	libcmark-gfm-extensions-dev libcurl4-openssl-dev libyaml-dev libharfbuzz-dev \
	libunibreak-dev liblcms2-dev libpng-dev libjpeg62-turbo-dev libqpdf-dev \
	libsqlite3-dev libssl-dev libidn2-dev libdeflate-dev libqrencode-dev libmicrohttpd-dev \
	libgmime-3.0-dev libpq-dev libsodium-dev
DEPS_RUN := fonts-noto-core fonts-lato fonts-vollkorn fonts-paratype \
	hyphen-pl hyphen-no hyphen-uk hyphen-en-gb hyphen-de scribus-data mupdf-tools poppler-utils
DEPS_TEST := libcmocka-dev fonts-linuxlibertine qpdf ghostscript zbar-tools \
	python3 python3-yaml python3-aiosmtpd python3-dkim libxml2-utils mandoc openssl sqlite3 perl \
	opendkim mutt spamassassin clang clang-format postgresql
# Stories send through a real mail server. It is not put in the place of another.
DEPS_TEST += $(if $(wildcard /usr/sbin/sendmail),,postfix)
DEPS := $(DEPS_BUILD) $(DEPS_RUN) $(DEPS_TEST)

# ---- flags ---------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wvla -Wundef -Wwrite-strings -Wcast-qual \
	-Wformat=2 -Wno-format-zero-length -Wswitch-enum -fno-common $(if $(WERROR),-Werror)
OPTIMISE_release := -O2 -g
OPTIMISE_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
OPTIMISE_tsan := -O1 -g -fsanitize=thread
OPTIMISE_cov := -O0 -g --coverage
OPTIMISE := $(OPTIMISE_$(BUILD))
ifeq ($(OPTIMISE),)
$(error BUILD is release, asan, tsan or cov)
endif

PACKAGES := libcmark-gfm harfbuzz harfbuzz-subset libunibreak yaml-0.1 lcms2 \
	libpng sqlite3 openssl libdeflate libqrencode
# Opened when they are needed (src/base/late.h).
LATE_PACKAGES := libqpdf libcurl libmicrohttpd gmime-3.0 libpq libidn2 libsodium
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES) $(LATE_PACKAGES))
# Debian 12 ships no .pc file for libharu, cmark's extensions, libjpeg.
PKG_LIBS = -lcmark-gfm-extensions $(shell pkg-config --libs $(PACKAGES)) -lhpdf -ljpeg

CPPFLAGS += -D_XOPEN_SOURCE=700 -DGLOS_VERSION='"$(VERSION)"' -Isrc -include src/base/banned.h
CFLAGS += -std=c17 $(WARNINGS) $(OPTIMISE)
LDLIBS += -lpthread -lm

# ---- files ---------------------------------------------------------------

OUT := build/$(BUILD)
SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
MAIN := $(OUT)/src/cli/main.o
LIB := $(OUT)/libglos.a
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*_test.c))
UNIT_TESTS := $(UNIT_SOURCES:tests/unit/%.c=$(OUT)/tests/unit/%)
SERVERS := $(patsubst tests/servers/%.c,$(OUT)/tests/servers/%,$(wildcard tests/servers/*.c)) \
	$(OUT)/tests/story/powerloss.so
PROGRAM := $(OUT)/glos

.PHONY: all deps demo check check-deep conformance fuzz bench bench-peers cov lint format install uninstall \
	dist clean unit golden-accept
.DEFAULT_GOAL := all

all: $(PROGRAM) build/glos

# The released program is the one people call.
build/glos: $(PROGRAM)
ifeq ($(BUILD),release)
	$(Q)ln -sf release/glos $@
endif

$(PROGRAM): $(MAIN) $(LIB)
	@echo "LINK $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(LIB): $(filter-out $(MAIN),$(OBJECTS))
	@echo "AR   $@"
	$(Q)rm -f $@ && ar rcs $@ $^

# Objects depend on how they were compiled, not only on what.
FLAGS_NOW := $(CC) $(CPPFLAGS) $(CFLAGS)
$(OUT)/flags: force
	$(Q)mkdir -p $(OUT)
	$(Q)echo '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || \
		echo '$(subst ','\'',$(FLAGS_NOW))' > $@
.PHONY: force

# Files without a name (O_TMPFILE) are Linux's own.
$(OUT)/src/base/file.o: CPPFLAGS += -D_GNU_SOURCE

# The page of `glos preview`: its files become part of the program.
ASSETS := $(patsubst %,$(OUT)/src/preview/%.inc,desk.html desk.css desk.js)
$(OUT)/src/preview/assets.o: CPPFLAGS += -I$(OUT)/src
$(OUT)/src/preview/assets.o: $(ASSETS)
$(OUT)/src/preview/%.inc: src/preview/%
	$(Q)mkdir -p $(@D)
	$(Q)od -An -v -tu1 $< | sed 's/  */,/g; s/^,//; s/$$/,/' >$@

$(OUT)/%.o: %.c $(OUT)/flags
	@echo "CC   $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/tests/unit/%: tests/unit/%.c $(LIB)
	@echo "TEST $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -Itests/unit -MMD -MP -MF $@.d -o $@ $< \
		$(LIB) $(PKG_LIBS) -lcmocka $(LDLIBS)

$(OUT)/tests/servers/%: tests/servers/%.c $(OUT)/flags
	@echo "CC   $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(shell pkg-config --libs openssl) $(LDLIBS)

# Preloaded into the program: what it calls of the system is what this is made of.
$(OUT)/tests/story/%.so: tests/story/%.c $(OUT)/flags
	@echo "CC   $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -include stdio.h -include stdlib.h -Wall -Wextra -O2 -fPIC \
		-shared -o $@ $< -ldl

$(OUT)/tests/bench/bare: LDLIBS += -lmicrohttpd

# Network namespaces are Linux's own.
$(OUT)/tests/bench/wire: CPPFLAGS += -D_GNU_SOURCE

$(OUT)/tests/bench/%: tests/bench/%.c $(LIB)
	@echo "CC   $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) $(LDLIBS)

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d)

# ---- targets -------------------------------------------------------------

deps:
	$(Q)sh tests/deps.sh $(DEPS)

demo: deps
	$(Q)$(MAKE) --no-print-directory all $(SERVERS)
	$(Q)sh tests/demo.sh

check: deps
	$(Q)$(MAKE) --no-print-directory WERROR=1 all unit $(SERVERS)
	$(Q)sh tests/check.sh $(OUT)

unit: $(UNIT_TESTS)

lint: $(LIB)
	$(Q)sh tests/lint/run.sh $(LIB)

format:
	$(Q)clang-format -i $(shell git ls-files 'src/*.[ch]' 'tests/*.[ch]')

golden-accept: unit
	$(Q)GLOS_GOLDEN_ACCEPT=$(or $(CASE),all) $(OUT)/tests/unit/source/golden_test

check-deep: deps
	$(Q)sh tests/check-deep.sh

cov:
	$(Q)$(MAKE) --no-print-directory BUILD=cov WERROR=1 all unit $(subst $(OUT),build/cov,$(SERVERS))
	$(Q)sh tests/check.sh build/cov
	$(Q)gcov -n $$(find build/cov -name '*.gcda') 2>/dev/null | tail -n 1

conformance: all $(SERVERS)
	$(Q)STRICT=$(or $(STRICT),0) sh tests/conformance/run.sh

# Figures to read: times of generated issues, and what the ruler says of their pages.
bench: deps
	$(Q)$(MAKE) --no-print-directory BUILD=release all build/release/tests/bench/conversion build/release/tests/bench/patch
	$(Q)sh tests/bench/run.sh build/release/glos
	$(Q)sh tests/bench/pictures.sh build/release/glos build/release/tests/bench/conversion

# The same text by other typesetters, where they are installed: says what is missing.
bench-peers:
	$(Q)$(MAKE) --no-print-directory BUILD=release all
	$(Q)sh tests/bench/peers/run.sh build/release/glos

fuzz:
	@echo "make $@: not part of this version yet" >&2; exit 1

install: $(PROGRAM)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/glos/fonts
	install $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/glos
	cp -R layouts $(DESTDIR)$(PREFIX)/share/glos/
	cp -R fonts $(DESTDIR)$(PREFIX)/share/glos/
	cp -R share/systemd $(DESTDIR)$(PREFIX)/share/glos/
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 644 docs/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 docs/*.5 $(DESTDIR)$(PREFIX)/share/man/man5/

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/glos $(DESTDIR)$(PREFIX)/share/glos
	cd docs && for page in *.[15]; do \
		rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$$page; done

dist:
	git archive --format=tar.gz --prefix=glos-$(VERSION)/ -o build/glos-$(VERSION).tar.gz HEAD

clean:
	rm -rf build
