# 200 subscribers who do not exist, as Excel in Poland would save them. Names are
# common ones put together; addresses end in example.org, example.com, example.net.
BEGIN {
	women = "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Zofia"
	men = "Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Łukasz"
	families = "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wróbel Dudek"
	n_women = split(women, w, " ")
	n_men = split(men, m, " ")
	n_families = split(families, f, " ")
	n_regions = split("śląskie|świętokrzyskie|małopolskie|mazowieckie||dolnośląskie;opolskie|łódzkie||pomorskie|lubelskie", r, "|")
	split("example.org example.com example.net", domain, " ")
	printf "\357\273\277email;name;language;region;consent_at;consent_source\r\n"
	for (i = 1; i <= 200; i++) {
		first = i % 2 ? w[int(i / 2) % n_women + 1] : m[int(i / 2) % n_men + 1]
		name = first " " f[int(i / 7) % n_families + 1]
		language = i % 25 == 0 ? "uk" : i % 20 == 0 ? "nb" : "pl"
		region = r[i % n_regions + 1]
		if (region ~ /;/)
			region = "\"" region "\""
		printf "czytelnik%03d@%s;%s;%s;%s;2026-%02d-%02d;formularz na stronie\r\n", i,
		       domain[i % 3 + 1], name, language, region, i % 2 + 1, i % 28 + 1
	}
}
