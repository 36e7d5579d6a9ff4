#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { most_extents = 16 };

/// Asks for what is on the disk, without writing what is not.
static int read_extents(int file, struct fiemap *map)
{
    map->fm_length = FIEMAP_MAX_OFFSET;
    map->fm_extent_count = most_extents;
    return ioctl(file, FS_IOC_FIEMAP, map) == 0 ? 0 : errno;
}

int totp_read_sharing(const char *path, int *is_shared)
{
    _Alignas(struct fiemap) char memory[sizeof(struct fiemap)
                                        + most_extents * sizeof(struct fiemap_extent)] = {0};
    struct fiemap *map = (struct fiemap *)memory;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) return errno;
    int error = read_extents(file, map);
    *is_shared = 0;
    for (unsigned index = 0; error == 0 && index < map->fm_mapped_extents; index++)
        if (map->fm_extents[index].fe_flags & FIEMAP_EXTENT_SHARED) *is_shared = 1;
    close(file);
    return error;
}
