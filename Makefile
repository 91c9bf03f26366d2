.PHONY: run setup test demo bench lint messages
run: ; @./run
setup test demo bench lint messages: ; @./run $@
