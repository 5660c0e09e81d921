using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CognitoM2M.Verification;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>A list of different tokens that are used in turn, again and again.</summary>
internal sealed class TokenRing
{
    private const int Size = 2_000;

    private int _next;

    /// <summary>The tokens of every list.</summary>
    public static IReadOnlyList<string> Tokens { get; } = [.. Enumerable.Range(0, Size).Select(_ => SampleToken.Create())];

    /// <summary>Whether all tokens have been used in this turn.</summary>
    public bool IsExhausted => _next % Size == 0;

    public string TakeNext() => Tokens[_next++ % Size];
}

/// <summary>Verification by this library.</summary>
internal sealed class OurVerifyBenchmark : Benchmark
{
    private readonly TokenRing? _tokens;
    private CognitoAccessTokenVerifier _verifier = Create();

    /// <param name="name">The name in the results.</param>
    /// <param name="tokens">Tokens that are each verified for the first time; null to verify one token again and again.</param>
    public OurVerifyBenchmark(string name, TokenRing? tokens)
        : base(name) => _tokens = tokens;

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var token = _tokens?.TakeNext() ?? SampleToken.Value;
            if (_verifier.VerifyWithHeldKeys(token) is not { IsValid: true })
                throw new InvalidOperationException("The token was rejected.");
            // A new verifier has none of the tokens in its cache.
            if (_tokens is { IsExhausted: true })
                _verifier = Create();
        }
    }

    private static CognitoAccessTokenVerifier Create() => new(new CognitoAccessTokenVerifierOptions
    {
        UserPools = [new TrustedUserPool { UserPoolId = SampleToken.UserPoolId, ClientIds = [SampleToken.ClientId], Jwks = SampleToken.KeySet }],
        VerifiedTokenCacheSize = 10_000,
    });
}

/// <summary>The lowest possible cost of a verification: check the signature and read the two JSON texts once.</summary>
internal sealed class BareVerifyBenchmark(string name, TokenRing tokens, bool readsJson) : Benchmark(name)
{
    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var token = tokens.TakeNext();
            var signatureAt = token.LastIndexOf('.');
            var signed = Encoding.ASCII.GetBytes(token, 0, signatureAt);
            if (!SampleToken.PublicKey.VerifyData(signed, Base64Url.DecodeFromChars(token.AsSpan(signatureAt + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                throw new InvalidOperationException("The token was rejected.");
            if (!readsJson)
                continue;

            var payloadAt = token.IndexOf('.', StringComparison.Ordinal) + 1;
            Read(Base64Url.DecodeFromChars(token.AsSpan(0, payloadAt - 1)));
            Read(Base64Url.DecodeFromChars(token.AsSpan(payloadAt, signatureAt - payloadAt)));
        }
    }

    private static void Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }
}

/// <summary>Verification by Microsoft.IdentityModel.JsonWebTokens, the library behind AddJwtBearer.</summary>
internal sealed class IdentityModelVerifyBenchmark : Benchmark
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenRing _tokens;
    private readonly TokenValidationParameters _parameters = new()
    {
        ValidIssuer = $"https://cognito-idp.eu-west-1.amazonaws.com/{SampleToken.UserPoolId}",
        ValidateAudience = false,
        IssuerSigningKeys = new Microsoft.IdentityModel.Tokens.JsonWebKeySet(SampleToken.KeySet).GetSigningKeys(),
    };

    public IdentityModelVerifyBenchmark(string name, TokenRing tokens)
        : base(name) => _tokens = tokens;

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Without network the task is already complete.
            if (!_handler.ValidateTokenAsync(_tokens.TakeNext(), _parameters).GetAwaiter().GetResult().IsValid)
                throw new InvalidOperationException("The token was rejected.");
        }
    }
}
