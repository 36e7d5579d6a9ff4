// What glibc's name service switch calls in a directory named `totptest` (nsswitch.conf(5)).
#ifndef LIBNSS_TOTPTEST_H
#define LIBNSS_TOTPTEST_H

#include <grp.h>
#include <nss.h>
#include <pwd.h>

enum nss_status _nss_totptest_getpwnam_r(
    const char *name, struct passwd *entry, char *buffer, size_t size, int *error);

enum nss_status _nss_totptest_getpwuid_r(
    uid_t user, struct passwd *entry, char *buffer, size_t size, int *error);

enum nss_status _nss_totptest_setpwent(int stayopen);

enum nss_status _nss_totptest_getpwent_r(
    struct passwd *entry, char *buffer, size_t size, int *error);

enum nss_status _nss_totptest_endpwent(void);

enum nss_status _nss_totptest_getgrnam_r(
    const char *name, struct group *entry, char *buffer, size_t size, int *error);

enum nss_status _nss_totptest_initgroups_dyn(
    const char *user, gid_t primary, long *count, long *size, gid_t **groups, long limit,
    int *error);

#endif
