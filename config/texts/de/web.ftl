# Der Server für Seite, Webhook und Auskünfte: was beim Start falsch sein kann.

web-taken = Auf { $address } lauscht schon ein anderes Programm. Es muss beendet werden, oder bei web.port gehört ein freier Port hin.
web-forbidden = Dieses Konto darf auf { $address } nicht lauschen. Bei web.port gehört eine Zahl über 1023 hin.
web-address = Auf { $address } kann hier nicht gelauscht werden. Bei web.host gehört eine Adresse dieses Rechners hin, zum Beispiel 127.0.0.1.
