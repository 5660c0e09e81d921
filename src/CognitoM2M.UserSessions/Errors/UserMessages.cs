namespace CognitoM2M.UserSessions.Errors;

/// <summary>What users are told. A message names neither the user nor anything that the user entered.</summary>
internal static class UserMessages
{
    /// <summary>One message for everything that could say whether a user exists.</summary>
    public const string NotSignedIn =
        "You could not be signed in. Check the user name and the password. After several attempts, wait 15 minutes or reset the password.";

    public const string WrongCode = "The code is not right. Enter it again.";
    public const string ChooseAnotherPassword = "This password cannot be used. Choose a longer one, with upper case, lower case, digits and symbols, that you have not used before.";
    public const string CheckInput = "Something that you entered cannot be used. Check it and try again.";
    public const string BeginAgain = "This sign-in has expired. Sign in again.";
    public const string Cancelled = "You have not been signed in.";
    public const string SignInAgain = "Your session has ended. Sign in again.";
    public const string WaitLong = "There were too many attempts. Wait 15 minutes and try again.";
    public const string WaitShortly = "There are many requests at the moment. Wait a few seconds and try again.";
    public const string TryLater = "Sign-in is not available at the moment. Try again later.";
    public const string NotPossible = "Sign-in is not possible. Contact support.";
}
