#define _GNU_SOURCE
#include "CHost.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <linux/xattr.h>
#include <sys/xattr.h>
#include <unistd.h>

int totp_read_clock(struct totp_clock *clock)
{
    struct timex now = {0};
    int state = adjtimex(&now);
    if (state < 0) return errno;
    clock->is_synchronised = state != TIME_ERROR;
    clock->offset = now.status & STA_NANO ? now.offset / 1000 : now.offset;
    clock->error = now.maxerror;
    return 0;
}

/// Of what statfs(2) calls the type, which is signed and narrower on some machines.
static enum totp_medium medium_of(uint32_t type)
{
    switch (type) {
    case TMPFS_MAGIC:
    case RAMFS_MAGIC: return totp_medium_memory;
    case OVERLAYFS_SUPER_MAGIC: return totp_medium_overlay;
    case NFS_SUPER_MAGIC:
    case CIFS_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC:
    case V9FS_MAGIC: return totp_medium_network;
    case FUSE_SUPER_MAGIC: return totp_medium_fuse;
    case BTRFS_SUPER_MAGIC: return totp_medium_btrfs;
    default: return totp_medium_other;
    }
}

/// Whether what is written over a file's blocks in this folder goes to these blocks.
static int writes_in_place(int folder, uint32_t type)
{
    unsigned flags = 0;
    switch (type) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case TMPFS_MAGIC:
    case RAMFS_MAGIC: return 1;
    case BTRFS_SUPER_MAGIC:
        return ioctl(folder, FS_IOC_GETFLAGS, &flags) == 0 && (flags & FS_NOCOW_FL) != 0;
    default: return 0;
    }
}

int totp_read_file_system(const char *path, struct totp_file_system *system)
{
    struct statfs found;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return errno;
    int error = fstatfs(folder, &found) == 0 ? 0 : errno;
    if (error == 0) {
        uint32_t type = (uint32_t)found.f_type;
        system->medium = medium_of(type);
        system->free_bytes = (uint64_t)found.f_bavail * (uint64_t)found.f_bsize;
        system->free_files = found.f_ffree;
        system->files = found.f_files;
        system->writes_in_place = writes_in_place(folder, type);
    }
    close(folder);
    return error;
}

int totp_has_access_list(const char *path)
{
    return lgetxattr(path, XATTR_NAME_POSIX_ACL_ACCESS, NULL, 0) > 0;
}

int totp_read_label(const char *path, char *label, size_t size)
{
    ssize_t length = getxattr(path, "security.selinux", label, size - 1);
    if (length < 0) return errno;
    label[length] = '\0';
    return 0;
}

static const char *load(const char *path)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) return dlerror();
    return dlsym(module, "pam_sm_authenticate") == NULL ? dlerror() : NULL;
}

int totp_load_failure(const char *path, char *text, size_t size)
{
    int ends[2], status = -1;
    text[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    // A file that is cut short kills whoever loads it.
    pid_t process = fork();
    if (process == 0) {
        const char *failure = load(path);
        if (failure == NULL) _exit(0);
        ssize_t written = write(ends[1], failure, strlen(failure));
        _exit(written < 0 ? 2 : 1);
    }
    close(ends[1]);
    if (process > 0) {
        ssize_t length = read(ends[0], text, size - 1);
        text[length > 0 ? length : 0] = '\0';
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    }
    close(ends[0]);
    return process > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
