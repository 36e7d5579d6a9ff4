#include <pskc/pskc.h>
