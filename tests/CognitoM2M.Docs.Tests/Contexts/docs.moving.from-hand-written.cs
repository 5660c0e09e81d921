global using Moving;

namespace Moving;

// The handler of the first block, which the later blocks register.
internal sealed class TokenHandler : DelegatingHandler;
