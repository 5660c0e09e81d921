using System.Runtime.CompilerServices;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Support;

/// <summary>Parameters that count second verifications. JwtBearer copies the parameters for each request; a second verification copies the copy.</summary>
internal sealed class CountedParameters : TokenValidationParameters
{
    private readonly StrongBox<int> _verifications = new();
    private readonly int _generation;

    public CountedParameters() => ValidAudience = "orders-api";

    private CountedParameters(CountedParameters other)
        : base(other) => (_verifications, _generation) = (other._verifications, other._generation + 1);

    public int Verifications => _verifications.Value;

    public override TokenValidationParameters Clone()
    {
        if (_generation == 1)
            _verifications.Value++;
        return new CountedParameters(this);
    }
}
