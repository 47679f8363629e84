# cmake -D FOLDER=<folder> -P EmptyFolder.cmake: creates the folder or empties it.
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
