// A directory of users for tests, as other hosts' directories are: it takes names in whatever case,
// though a group has its members in one spelling alone, and it may not answer.
//
// The environment variable TOTP_DIRECTORY names its folder; who does not have it is told that there
// is nobody. There, `passwd` and `group` are as passwd(5) and group(5) have them, and `initgroups` is
// as `group`, for whose members' groups are asked. Who has `as asked` for their
// full name is named as they were asked for, not as they are in the file. A file that begins with one of these words is of
// one that does not answer:
//
//     !unavailable  UNAVAIL, and ENOENT
//     !busy         TRYAGAIN, and EAGAIN
//     !silent       UNAVAIL, and errno as it was

#define _GNU_SOURCE
#include "libnss_totptest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum nss_status status_of(FILE *file, int *error)
{
    char word[16] = "";
    int errno_before = errno;
    if (fgets(word, sizeof word, file) != NULL && word[0] == '!') {
        if (strcmp(word, "!busy\n") == 0) {
            *error = EAGAIN;
            return NSS_STATUS_TRYAGAIN;
        }
        *error = strcmp(word, "!silent\n") == 0 ? errno_before : ENOENT;
        return NSS_STATUS_UNAVAIL;
    }
    rewind(file);
    return NSS_STATUS_SUCCESS;
}

/// A file of the folder, if it answers.
static enum nss_status open_database(const char *name, FILE **file, int *error)
{
    char path[4096];
    const char *folder = secure_getenv("TOTP_DIRECTORY");
    if (folder == NULL) return NSS_STATUS_NOTFOUND;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    *file = fopen(path, "re");
    if (*file == NULL) return NSS_STATUS_NOTFOUND;
    enum nss_status status = status_of(*file, error);
    if (status != NSS_STATUS_SUCCESS) fclose(*file);
    return status;
}

/// What it means that fgetpwent_r or fgetgrent_r returned `code`.
static enum nss_status status_for(int code, int *error)
{
    if (code == 0) return NSS_STATUS_SUCCESS;
    *error = code;
    return code == ERANGE ? NSS_STATUS_TRYAGAIN : NSS_STATUS_NOTFOUND;
}

enum nss_status _nss_totptest_getpwnam_r(
    const char *name, struct passwd *entry, char *buffer, size_t size, int *error)
{
    FILE *file;
    struct passwd *found;
    int code;
    enum nss_status status = open_database("passwd", &file, error);
    if (status != NSS_STATUS_SUCCESS) return status;
    while ((code = fgetpwent_r(file, entry, buffer, size, &found)) == 0)
        if (strcasecmp(entry->pw_name, name) == 0) break;
    fclose(file);
    if (code == 0 && strcmp(entry->pw_gecos, "as asked") == 0)
        memcpy(entry->pw_name, name, strlen(name));
    return status_for(code, error);
}

enum nss_status _nss_totptest_getpwuid_r(
    uid_t user, struct passwd *entry, char *buffer, size_t size, int *error)
{
    FILE *file;
    struct passwd *found;
    int code;
    enum nss_status status = open_database("passwd", &file, error);
    if (status != NSS_STATUS_SUCCESS) return status;
    while ((code = fgetpwent_r(file, entry, buffer, size, &found)) == 0)
        if (entry->pw_uid == user) break;
    fclose(file);
    return status_for(code, error);
}

enum nss_status _nss_totptest_setpwent(int stayopen)
{
    (void)stayopen;
    return NSS_STATUS_SUCCESS;
}

/// Lists nobody, as a large directory does.
enum nss_status _nss_totptest_getpwent_r(
    struct passwd *entry, char *buffer, size_t size, int *error)
{
    FILE *file;
    (void)entry, (void)buffer, (void)size;
    enum nss_status status = open_database("passwd", &file, error);
    if (status != NSS_STATUS_SUCCESS) return status;
    fclose(file);
    return NSS_STATUS_NOTFOUND;
}

enum nss_status _nss_totptest_endpwent(void) { return NSS_STATUS_SUCCESS; }

enum nss_status _nss_totptest_getgrnam_r(
    const char *name, struct group *entry, char *buffer, size_t size, int *error)
{
    FILE *file;
    struct group *found;
    int code;
    enum nss_status status = open_database("group", &file, error);
    if (status != NSS_STATUS_SUCCESS) return status;
    while ((code = fgetgrent_r(file, entry, buffer, size, &found)) == 0)
        if (strcasecmp(entry->gr_name, name) == 0) break;
    fclose(file);
    return status_for(code, error);
}

static int lists(const struct group *group, const char *user)
{
    for (char **member = group->gr_mem; *member != NULL; member++)
        if (strcmp(*member, user) == 0) return 1;
    return 0;
}

static int append(gid_t group, long *count, long *size, gid_t **groups, long limit)
{
    if (limit > 0 && *count >= limit) return 0;
    if (*count >= *size) {
        gid_t *more = realloc(*groups, (size_t)*size * 2 * sizeof **groups);
        if (more == NULL) return ENOMEM;
        *groups = more;
        *size *= 2;
    }
    (*groups)[(*count)++] = group;
    return 0;
}

enum nss_status _nss_totptest_initgroups_dyn(
    const char *user, gid_t primary, long *count, long *size, gid_t **groups, long limit,
    int *error)
{
    FILE *file;
    char buffer[8192];
    struct group entry, *found;
    long count_before = *count;
    int code = 0;
    enum nss_status status = open_database("initgroups", &file, error);
    if (status != NSS_STATUS_SUCCESS) return status;
    while (code == 0 && fgetgrent_r(file, &entry, buffer, sizeof buffer, &found) == 0)
        if (entry.gr_gid != primary && lists(&entry, user))
            code = append(entry.gr_gid, count, size, groups, limit);
    fclose(file);
    if (code != 0) return status_for(code, error);
    return *count > count_before ? NSS_STATUS_SUCCESS : NSS_STATUS_NOTFOUND;
}
