# Administration mit „du“.
admin-ask-whose-role = Wessen Rolle möchtest du ändern? Schreib den Namen.
admin-role-yours = Deine Rolle ist jetzt: { $role }. Was du damit tun kannst, zeigt /hilfe.
admin-last = Das ist die letzte Person mit der Rolle Administration. Gib die Rolle zuerst jemand anderem.
admin-ask-whom = Wessen Daten sollen gelöscht werden? Schreib den Namen.
