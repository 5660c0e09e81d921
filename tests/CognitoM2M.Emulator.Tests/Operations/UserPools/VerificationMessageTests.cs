namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class VerificationMessageTests : OperationTest
{
    [Fact]
    public async Task Template_and_older_members_show_the_same_messages()
    {
        await CallAsync("UpdateUserPool", new
        {
            UserPoolId = PoolId,
            EmailVerificationMessage = "Your code is {####}",
            VerificationMessageTemplate = new { EmailSubject = "Your code", SmsMessage = "Code: {####}" },
        });

        var pool = await DescribePoolAsync();

        Assert.Equal("Your code is {####}", pool["VerificationMessageTemplate"]!["EmailMessage"]!.GetValue<string>());
        Assert.Equal("Your code is {####}", pool["EmailVerificationMessage"]!.GetValue<string>());
        Assert.Equal("Your code", pool["EmailVerificationSubject"]!.GetValue<string>());
        Assert.Equal("Code: {####}", pool["SmsVerificationMessage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pool_without_messages_shows_none()
    {
        var pool = await DescribePoolAsync();

        Assert.False(pool.ContainsKey("EmailVerificationMessage"));
        Assert.Equal("""{"DefaultEmailOption":"CONFIRM_WITH_CODE"}""", pool["VerificationMessageTemplate"]!.ToJsonString());
    }
}
