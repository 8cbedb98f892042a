# The server for page, webhook and health: what can be wrong at the start.

web-taken = Another program already listens on { $address }. Stop it, or set web.port to a free port.
web-forbidden = This account may not listen on { $address }. Set web.port to a number above 1023.
web-address = It is not possible to listen on { $address } here. Set web.host to an address of this machine, such as 127.0.0.1.
