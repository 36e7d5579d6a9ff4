// One call for each thing the project asks of nettle. Contexts live on the C stack, and those
// with a key are wiped here, so that no Swift code holds key material in a copyable value.
#ifndef TOTP_CNETTLE_H
#define TOTP_CNETTLE_H

#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/chacha-poly1305.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/pbkdf2.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <string.h>

#define TOTP_HMAC(name, algorithm, size)                                                       \
    static inline void name(                                                                   \
        const uint8_t *key, size_t key_length, const uint8_t *message, size_t message_length,  \
        uint8_t *digest)                                                                       \
    {                                                                                          \
        struct algorithm##_ctx context;                                                        \
        nettle_##algorithm##_set_key(&context, key_length, key);                               \
        nettle_##algorithm##_update(&context, message_length, message);                        \
        nettle_##algorithm##_digest(&context, size, digest);                                   \
        explicit_bzero(&context, sizeof context);                                              \
    }

/// HMAC (RFC 2104). `digest` has room for the whole value: 20, 32 or 64 bytes.
TOTP_HMAC(totp_hmac_sha1, hmac_sha1, SHA1_DIGEST_SIZE)
TOTP_HMAC(totp_hmac_sha256, hmac_sha256, SHA256_DIGEST_SIZE)
TOTP_HMAC(totp_hmac_sha512, hmac_sha512, SHA512_DIGEST_SIZE)

#undef TOTP_HMAC

static inline void totp_sha256(const uint8_t *message, size_t length, uint8_t *digest)
{
    struct sha256_ctx context;
    nettle_sha256_init(&context);
    nettle_sha256_update(&context, length, message);
    nettle_sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
}

/// nettle takes associated data in whole blocks except for the last piece; one piece is enough.
static inline void totp_aead_begin(
    struct chacha_poly1305_ctx *context, const uint8_t *key, const uint8_t *nonce,
    const uint8_t *associated, size_t associated_length)
{
    nettle_chacha_poly1305_set_key(context, key);
    nettle_chacha_poly1305_set_nonce(context, nonce);
    nettle_chacha_poly1305_update(context, associated_length, associated);
}

/// ChaCha20-Poly1305 (RFC 8439 §2.8). `sealed` has room for `length` + 16 bytes.
static inline void totp_aead_seal(
    const uint8_t *key, const uint8_t *nonce, const uint8_t *associated, size_t associated_length,
    const uint8_t *plain, size_t length, uint8_t *sealed)
{
    struct chacha_poly1305_ctx context;
    totp_aead_begin(&context, key, nonce, associated, associated_length);
    nettle_chacha_poly1305_encrypt(&context, length, sealed, plain);
    nettle_chacha_poly1305_digest(&context, CHACHA_POLY1305_DIGEST_SIZE, sealed + length);
    explicit_bzero(&context, sizeof context);
}

/// Returns 1 and fills `plain` (`length` bytes) if the tag behind the ciphertext is right;
/// otherwise returns 0 and leaves `plain` zeroed.
static inline int totp_aead_open(
    const uint8_t *key, const uint8_t *nonce, const uint8_t *associated, size_t associated_length,
    const uint8_t *sealed, size_t length, uint8_t *plain)
{
    struct chacha_poly1305_ctx context;
    uint8_t tag[CHACHA_POLY1305_DIGEST_SIZE];
    totp_aead_begin(&context, key, nonce, associated, associated_length);
    nettle_chacha_poly1305_decrypt(&context, length, plain, sealed);
    nettle_chacha_poly1305_digest(&context, sizeof tag, tag);
    int authentic = nettle_memeql_sec(tag, sealed + length, sizeof tag);
    if (!authentic) explicit_bzero(plain, length);
    explicit_bzero(&context, sizeof context);
    explicit_bzero(tag, sizeof tag);
    return authentic;
}

#define TOTP_CBC_DECRYPT(algorithm)                                                            \
    do {                                                                                       \
        struct algorithm##_ctx context;                                                        \
        nettle_##algorithm##_set_decrypt_key(&context, key);                                   \
        nettle_cbc_decrypt(                                                                    \
            &context, (nettle_cipher_func *)nettle_##algorithm##_decrypt, AES_BLOCK_SIZE,      \
            initial, length - AES_BLOCK_SIZE, plain, value + AES_BLOCK_SIZE);                  \
        explicit_bzero(&context, sizeof context);                                              \
    } while (0)

/// AES in CBC mode. `key_length` is 16, 24 or 32; `value` is the initial block and `length` - 16
/// bytes of ciphertext, whole blocks; `plain` has room for as many.
static inline void totp_aes_cbc_decrypt(
    const uint8_t *key, size_t key_length, const uint8_t *value, size_t length, uint8_t *plain)
{
    uint8_t initial[AES_BLOCK_SIZE];
    memcpy(initial, value, sizeof initial);
    switch (key_length) {
    case AES128_KEY_SIZE: TOTP_CBC_DECRYPT(aes128); break;
    case AES192_KEY_SIZE: TOTP_CBC_DECRYPT(aes192); break;
    case AES256_KEY_SIZE: TOTP_CBC_DECRYPT(aes256); break;
    default: break;
    }
}

#undef TOTP_CBC_DECRYPT

#endif
