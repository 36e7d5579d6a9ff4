// What is asked of libxml2, without its macros.
#ifndef TOTP_CXML_H
#define TOTP_CXML_H

#include <libxml/parser.h>
#include <libxml/tree.h>

/// Nothing is fetched, no entity is expanded, nothing is printed.
static inline xmlDocPtr totp_xml_read(const char *bytes, int length)
{
    return xmlReadMemory(
        bytes, length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

static inline void totp_xml_free(void *text) { xmlFree(text); }

#endif
