# cmake -D FOLDER=<folder> -P EmptyFolder.cmake: leaves the folder there and nothing in it.
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
